package dev.sluice.object;

import dev.sluice.work.WorkQueue;
import java.time.Duration;
import java.util.List;

/** The work queue as those see it who want an object, or a part of one, to be read later. */
record NoticeQueue(WorkQueue work) {

    /** Keeps a notice; nobody gets it before that time is over. */
    void send(ObjectNotice notice, Duration delay) {
        send(List.of(notice), delay);
    }

    /** Keeps each notice as a message of its own, so that others can take the next one. */
    void send(List<ObjectNotice> notices, Duration delay) {
        work.send(
                notices.stream()
                        .map(notice -> new ObjectNotices(List.of(notice)))
                        .toList(),
                delay);
    }
}
