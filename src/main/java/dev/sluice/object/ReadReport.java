package dev.sluice.object;

import java.util.List;

/**
 * What became of notices.
 *
 * @param objects one outcome a notice, in their order, but for those that are unread; equal notices share theirs
 * @param unread notices whose objects could not be read for a reason that may pass: they have to be sent again
 */
public record ReadReport(List<ObjectOutcome> objects, List<ObjectNotice> unread) {

    public ReadReport {
        objects = List.copyOf(objects);
        unread = List.copyOf(unread);
    }
}
