package dev.sluice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.utils.DateUtils;

/**
 * What S3 says of an object that somebody's key or policy keeps to itself, or that was always put at the same second; and a
 * ledger that gives out no lease. The SDK finds this interceptor by its name in a resource file; it does nothing until it is
 * told to.
 */
public final class ObjectFaults implements ExecutionInterceptor {

    private static final AtomicReference<Predicate<SdkRequest>> FORBIDDEN = new AtomicReference<>(ObjectFaults::never);
    private static final AtomicReference<Predicate<SdkRequest>> UNANSWERED = new AtomicReference<>(ObjectFaults::never);

    private static final AtomicReference<Map<String, Instant>> MODIFIED = new AtomicReference<>(Map.of());
    private static final String ERROR = """
            <Error><Code>AccessDenied</Code><Message>User: arn:aws:sts::123456789012:assumed-role/sluice/sluice is not \
            authorized to perform: kms:Decrypt on the resource associated with this ciphertext</Message></Error>""";

    /** S3 tells of the object but does not give it out. */
    static void forbidGet(String key) {
        FORBIDDEN.set(request -> request instanceof GetObjectRequest get && key.equals(get.key()));
    }

    /** S3 does not even tell of it. */
    static void forbidHead(String key) {
        FORBIDDEN.set(request -> request instanceof HeadObjectRequest head && key.equals(head.key()));
    }

    /** No reader gets the lease of the object with this id. */
    static void refuseLease(String id) {
        UNANSWERED.set(request -> request instanceof UpdateItemRequest update
                && Optional.ofNullable(update.key().get("id"))
                        .filter(key -> id.equals(key.s()))
                        .isPresent());
    }

    /** The ledger does not tell which object is the oldest: nobody else asks it for one only. */
    static void refuseOldest() {
        UNANSWERED.set(request ->
                request instanceof QueryRequest query && Integer.valueOf(1).equals(query.limit()));
    }

    /** Whichever version of it lies there, S3 says that it was put then. */
    static void lastModified(String key, Instant time) {
        MODIFIED.set(Map.of(key, time));
    }

    static void none() {
        MODIFIED.set(Map.of());
        FORBIDDEN.set(ObjectFaults::never);
        UNANSWERED.set(ObjectFaults::never);
    }

    private static boolean never(SdkRequest request) {
        return false;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (UNANSWERED.get().test(context.request())) {
            throw SdkClientException.create("A test's fault.");
        }
    }

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (FORBIDDEN.get().test(context.request())) {
            return SdkHttpResponse.builder().statusCode(403).build();
        }
        return lastModified(context.request())
                .<SdkHttpResponse>map(time -> context.httpResponse().toBuilder()
                        .putHeader("Last-Modified", DateUtils.formatRfc822Date(time))
                        .build())
                .orElse(context.httpResponse());
    }

    private static Optional<Instant> lastModified(SdkRequest request) {
        return request instanceof HeadObjectRequest head
                ? Optional.ofNullable(MODIFIED.get().get(head.key()))
                : Optional.empty();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (!FORBIDDEN.get().test(context.request())) {
            return context.responseBody();
        }
        context.responseBody().ifPresent(ObjectFaults::close);
        return Optional.of(new ByteArrayInputStream(ERROR.getBytes(StandardCharsets.UTF_8)));
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
