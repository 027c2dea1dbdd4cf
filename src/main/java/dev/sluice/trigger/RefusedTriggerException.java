package dev.sluice.trigger;

/** The event is of a kind that this deployment does not accept. */
final class RefusedTriggerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedTriggerException(String trigger) {
        super("This function does not accept the trigger '%s'; sluice.accepts names those it does.".formatted(trigger));
    }
}
