package dev.sluice.trigger;

import dev.sluice.object.ReadReport;

/** Objects could not be read for a reason that may pass: by failing, the call asks for its event again. */
final class UnreadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnreadException(int unread, int all) {
        super("%d of %d notices could not be read now and have to be sent again; the log says why."
                .formatted(unread, all));
    }

    static void throwIfAny(ReadReport report) {
        int unread = report.unread().size();
        if (unread > 0) {
            throw new UnreadException(unread, unread + report.objects().size());
        }
    }
}
