package dev.sluice.object;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Tells a {@link ReaderProcess} of each call that its clients make, before and after. The SDK finds this interceptor by
 * its name in a resource file and makes one for each client; it does nothing in clients that belong to no such process.
 */
public final class ProcessFaults implements ExecutionInterceptor {

    private final @Nullable ReaderProcess process = ReaderProcess.starting();

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (process != null) {
            process.beforeCall(context.request());
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (process != null) {
            process.afterCall(context.request());
        }
    }
}
