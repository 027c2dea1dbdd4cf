package dev.sluice;

import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Lets no try to get one object succeed. The SDK finds this interceptor by its name in a resource file; it does nothing
 * until it is told to.
 */
public final class PoisonObject implements ExecutionInterceptor {

    private static final AtomicReference<String> KEY = new AtomicReference<>("");

    static void begin(String key) {
        KEY.set(key);
    }

    static void end() {
        KEY.set("");
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (context.request() instanceof GetObjectRequest get && KEY.get().equals(get.key())) {
            throw SdkClientException.create("A test's fault.");
        }
    }
}
