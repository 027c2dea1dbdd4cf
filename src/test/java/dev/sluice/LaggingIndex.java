package dev.sluice;

import dev.sluice.aws.Item;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * An index {@code bySource} that does not tell of one row for a while, as DynamoDB's may be behind its table and DynamoDB
 * Local's never is. The SDK finds this interceptor by its name in a resource file; it does nothing until it is told to.
 */
public final class LaggingIndex implements ExecutionInterceptor {

    private static final AtomicReference<Hidden> HIDDEN = new AtomicReference<>(new Hidden("", Instant.MIN));

    private record Hidden(String rowKey, Instant until) {

        private boolean is(Map<String, AttributeValue> item) {
            return new Item(item).text("sk").equals(rowKey) && Instant.now().isBefore(until);
        }
    }

    /** Until then the index does not tell of the row with this key. */
    static void hide(String rowKey, Instant until) {
        HIDDEN.set(new Hidden(rowKey, until));
    }

    @Override
    public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
        return context.request() instanceof QueryRequest query
                        && "bySource".equals(query.indexName())
                        && context.response() instanceof QueryResponse response
                ? response.toBuilder()
                        .items(response.items().stream()
                                .filter(item -> !HIDDEN.get().is(item))
                                .toList())
                        .build()
                : context.response();
    }
}
