package dev.sluice.change;

import dev.sluice.aws.AwsClients;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** The Kinesis stream, and what its answers mean. */
final class ChangeStream {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeStream.class);

    /** Amazon Kinesis Data Streams API Reference, PutRecords and "Common Errors": the request itself is at fault. */
    private static final Set<String> INVALID =
            Set.of("InvalidArgumentException", "ValidationException", "ValidationError", "SerializationException");

    private static final int TOO_LARGE = 413;

    /** What somebody has to set right: a stream that is not there, a permission, a key of KMS. */
    private static final Set<String> WRONG = Set.of(
            "ResourceNotFoundException",
            "AccessDeniedException",
            "NotAuthorized",
            "OptInRequired",
            "KMSAccessDeniedException",
            "KMSDisabledException",
            "KMSInvalidStateException",
            "KMSNotFoundException",
            "KMSOptInRequired");

    private final AwsClients aws;
    private final String name;

    ChangeStream(AwsClients aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    /** What became of a request. */
    sealed interface Answer {

        /** Kinesis took the records at these places of it. The others were throttled, or failed inside of Kinesis. */
        record Taken(BitSet places) implements Answer {}

        /** It took none, or it is not known which; the same request can work later. */
        enum Failed implements Answer {
            FAILED
        }

        /** It took none, and will not until somebody sets right what is wrong. */
        enum Wrong implements Answer {
            WRONG
        }

        /** It took none because of a record that it will never take. */
        enum Invalid implements Answer {
            INVALID
        }
    }

    /** Asks Kinesis once to take the records. */
    Answer put(List<Outgoing> request, Duration atMost) {
        try {
            List<PutRecordsResultEntry> results = aws.kinesis()
                    .putRecords(put -> put.streamName(name)
                            .records(request.stream().map(ChangeStream::entry).toList())
                            .overrideConfiguration(limits -> limits.apiCallTimeout(atMost)))
                    .records();
            var taken = new BitSet(request.size());
            for (int i = 0; i < request.size(); i++) {
                taken.set(i, results.get(i).errorCode() == null);
            }
            return new Answer.Taken(taken);
        } catch (AwsServiceException e) {
            String code = e.awsErrorDetails() == null
                    ? ""
                    : String.valueOf(e.awsErrorDetails().errorCode());
            LOG.warn("Kinesis took none of {} records: {} {}", request.size(), e.statusCode(), code);
            if (INVALID.contains(code) || e.statusCode() == TOO_LARGE) {
                return Answer.Invalid.INVALID;
            }
            return WRONG.contains(code) ? Answer.Wrong.WRONG : Answer.Failed.FAILED;
        } catch (AbortedException _) {
            Thread.currentThread().interrupt();
            return Answer.Failed.FAILED;
        } catch (SdkException e) {
            // A message may quote what was sent.
            LOG.warn(
                    "Kinesis has not answered for {} records: {}",
                    request.size(),
                    e.getClass().getSimpleName());
            return Answer.Failed.FAILED;
        }
    }

    private static PutRecordsRequestEntry entry(Outgoing record) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(record.partitionKey())
                .data(record.data())
                .build();
    }
}
