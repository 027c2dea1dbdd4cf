package dev.sluice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Lets DynamoDB leave items of a batch unwritten and say so, as it does when it is throttled and DynamoDB Local never
 * does. The SDK finds this interceptor by its name in a resource file; it does nothing until it is told to.
 */
public final class UnprocessedItems implements ExecutionInterceptor {

    private static final AtomicReference<@Nullable Random> CHANCE = new AtomicReference<>();

    private static final ExecutionAttribute<Map<String, List<WriteRequest>>> LEFT =
            new ExecutionAttribute<>("sluice.test.left");

    /** From now on each item of a batch is left with a chance of one in four. */
    static void begin(long seed) {
        CHANCE.set(new Random(seed));
    }

    static void end() {
        CHANCE.set(null);
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        Random chance = CHANCE.get();
        if (chance == null || !(context.request() instanceof BatchWriteItemRequest batch)) {
            return context.request();
        }
        Map<String, List<WriteRequest>> kept = new HashMap<>();
        Map<String, List<WriteRequest>> left = new HashMap<>();
        batch.requestItems().forEach((table, items) -> {
            List<WriteRequest> some = new ArrayList<>(items);
            List<WriteRequest> others = new ArrayList<>();
            // DynamoDB takes no empty batch; the first item is always written.
            for (int i = some.size() - 1; i > 0; i--) {
                if (chance.nextInt(4) == 0) {
                    others.add(some.remove(i));
                }
            }
            kept.put(table, some);
            if (!others.isEmpty()) {
                left.put(table, others);
            }
        });
        attributes.putAttribute(LEFT, left);
        return batch.toBuilder().requestItems(kept).build();
    }

    @Override
    public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
        Map<String, List<WriteRequest>> left = attributes.getAttribute(LEFT);
        return left != null && context.response() instanceof BatchWriteItemResponse response
                ? response.toBuilder().unprocessedItems(left).build()
                : context.response();
    }
}
