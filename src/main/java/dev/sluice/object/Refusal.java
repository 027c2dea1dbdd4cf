package dev.sluice.object;

import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;

/**
 * Why S3 gives nothing of an object out. Error codes: Amazon S3 API Reference, "Error responses", and
 * AWS KMS API Reference, Decrypt, whose errors S3 hands on as {@code KMS.…}.
 */
enum Refusal {
    ARCHIVED("archived", "The object lies in an archive: have S3 restore it, then replay it."),
    FORBIDDEN(
            "forbidden",
            "S3 gives nothing of the object out: allow s3:GetObject, s3:GetObjectVersion and kms:Decrypt with its key, or"
                    + " enable that key, and s3:ListBucket, without which S3 says the same of what is gone; or put it again without"
                    + " a key of your own (SSE-C). Reconciling has it read then, or replay it.");

    private static final Set<String> FORBIDDING =
            Set.of("AccessDenied", "KMS.DisabledException", "KMS.KMSInvalidStateException", "KMS.NotFoundException");

    private final String reason;
    private final String message;

    Refusal(String reason, String message) {
        this.reason = reason;
        this.message = message;
    }

    /** What the ledger says. */
    String reason() {
        return reason;
    }

    String message() {
        return message;
    }

    /** The refusal that an answer is; empty if it is something else, such as credentials that are over. */
    static Optional<Refusal> of(Throwable answer) {
        if (answer instanceof InvalidObjectStateException) {
            return Optional.of(ARCHIVED);
        }
        return answer instanceof AwsServiceException refused && FORBIDDING.contains(code(refused))
                ? Optional.of(FORBIDDEN)
                : Optional.empty();
    }

    /** The same of an object of which S3 does not even tell. One with a key of its own (SSE-C) cannot be asked for without it. */
    static Optional<Refusal> ofUntold(AwsServiceException answer) {
        return code(answer).equals("InvalidRequest") ? Optional.of(FORBIDDEN) : of(answer);
    }

    private static String code(AwsServiceException answer) {
        var details = Optional.ofNullable(answer.awsErrorDetails());
        return details.flatMap(one -> Optional.ofNullable(one.errorCode())).orElse("");
    }
}
