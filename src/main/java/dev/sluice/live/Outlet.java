package dev.sluice.live;

/** What brings messages to connections. */
interface Outlet extends AutoCloseable {

    /** Where there is nothing to send messages with. */
    Outlet NONE = (_, _) -> Outcome.FAILED;

    /** What became of a message. */
    enum Outcome {
        SENT,
        /** There is no such connection, or not yet. */
        GONE,
        /** It may have arrived all the same. */
        FAILED
    }

    /** Sends a message; returns in seconds whatever happens. */
    Outcome send(String connection, byte[] message);

    @Override
    default void close() {}
}
