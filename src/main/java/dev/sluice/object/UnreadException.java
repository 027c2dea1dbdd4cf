package dev.sluice.object;

/** Objects could not be read for a reason that may pass: their notices have to be sent again. */
final class UnreadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadException(int unread, int all, Throwable first) {
        super(
                "%d of %d objects could not be read now; send their notices again. The first cause: %s"
                        .formatted(unread, all, first.getClass().getSimpleName()),
                first);
    }
}
