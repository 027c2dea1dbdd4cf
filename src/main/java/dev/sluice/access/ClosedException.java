package dev.sluice.access;

/** Nobody can get in: the settings name no issuer whose tokens would be taken. */
public final class ClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClosedException() {
        super("Nobody gets in here until the setting sluice.access.issuer names who signs people in.");
    }
}
