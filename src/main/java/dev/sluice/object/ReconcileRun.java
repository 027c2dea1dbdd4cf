package dev.sluice.object;

import dev.sluice.object.ReconcileStep.Finding;
import dev.sluice.object.ReconcileStep.Looked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One call of reconciling: what it has found, and what of that lies in the work queue. */
final class ReconcileRun {

    /** Most messages of one request to the queue. */
    private static final int BATCH = 10;

    private final NoticeQueue queue;
    private final Consumer<ObjectNotice> expected;
    private final Pace pace;
    private final boolean dryRun;
    private final int limit;
    private final Map<Finding, Integer> found = new EnumMap<>(Finding.class);
    private long looked;
    private int findings;
    private long enqueued;
    private boolean over;

    /** @param expected is told of unread objects that lie in the work queue */
    ReconcileRun(NoticeQueue queue, Consumer<ObjectNotice> expected, Pace pace, ReconcileRequest request) {
        this.queue = queue;
        this.expected = expected;
        this.pace = pace;
        this.dryRun = request.dryRun().orElse(false);
        this.limit = request.limit().orElse(Integer.MAX_VALUE);
    }

    /** Whether the limit or the call's time has made it end before the end. */
    boolean isOver() {
        return over;
    }

    /** Counts what was looked at and has it read, as far as limit and time allow; says where to go on. */
    Optional<ReconcilePosition> take(ReconcileStep step, ReconcilePosition from) {
        ReconcilePosition at = from;
        var batch = new ArrayList<Looked>();
        int inBatch = 0;
        for (Looked one : step.looked()) {
            batch.add(one);
            inBatch += one.finding().isPresent() ? 1 : 0;
            boolean last = findings + inBatch == limit;
            if (inBatch == BATCH || last) {
                if (!enqueue(batch)) {
                    return Optional.of(at);
                }
                at = one.at();
                batch.clear();
                inBatch = 0;
                if (last) {
                    over = true;
                    return Optional.of(at);
                }
            }
        }
        return enqueue(batch) ? step.next() : Optional.of(at);
    }

    /** Only what lies in the queue is counted and passed: the rest is found again by the next call. */
    private boolean enqueue(List<Looked> batch) {
        List<ObjectNotice> notices = batch.stream()
                .filter(one -> one.finding().isPresent())
                .map(Looked::notice)
                .toList();
        if (!dryRun && !notices.isEmpty()) {
            if (!pace.waitFor(notices.size())) {
                over = true;
                return false;
            }
            queue.send(notices, Duration.ZERO);
            enqueued += notices.size();
            batch.stream()
                    .filter(one -> one.finding().equals(Optional.of(Finding.UNREAD)))
                    .map(Looked::notice)
                    .forEach(expected);
        }
        looked += batch.size();
        findings += notices.size();
        batch.forEach(one -> one.finding().ifPresent(finding -> found.merge(finding, 1, Integer::sum)));
        return true;
    }

    ReconcileReport report(Optional<ReconcilePosition> position) {
        return new ReconcileReport(
                looked,
                count(Finding.UNREAD),
                count(Finding.CHANGED),
                count(Finding.STUCK),
                count(Finding.VANISHED),
                enqueued,
                position.map(ReconcilePosition::text));
    }

    private int count(Finding finding) {
        return found.getOrDefault(finding, 0);
    }
}
