package dev.sluice.trigger;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Function;

/**
 * A call of a bean by its name, {@code {"function": name, "input": …}}: from the AWS CLI, from another program, or as a
 * schedule's input, which is handed over as it is (Amazon EventBridge Scheduler API Reference, "Target"). Without an input
 * the bean gets {@code {}}.
 */
final class DirectTrigger implements Trigger {

    private final Set<String> invocable;
    private final Function<String, Function<byte[], byte[]>> beans;

    /**
     * @param invocable the names of the beans that may be called
     * @param beans such a bean as a function of JSON
     */
    DirectTrigger(Set<String> invocable, Function<String, Function<byte[], byte[]>> beans) {
        this.invocable = invocable;
        this.beans = beans;
    }

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public boolean recognises(EventShape shape) {
        return shape.keys().contains("function");
    }

    @Override
    public byte[] handle(byte[] event) {
        var call = new Call();
        EventReader.event(event, call::field);
        if (!invocable.contains(call.function)) {
            throw new RefusedFunctionException(invocable);
        }
        return beans.apply(call.function).apply(call.input);
    }

    /** A call while it is read. */
    private static final class Call {

        private String function = "";
        private byte[] input = "{}".getBytes(StandardCharsets.UTF_8);

        void field(String name, EventReader value) {
            switch (name) {
                case "function" -> function = value.text();
                case "input" -> input = value.json();
                default -> throw value.refusal();
            }
        }
    }
}
