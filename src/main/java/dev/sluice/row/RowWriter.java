package dev.sluice.row;

import dev.sluice.lane.Backoff;
import dev.sluice.lane.Lanes;
import dev.sluice.value.RejectedException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows, several requests at a time. Of one row key at most one write is in flight, tries again included, so that
 * the last row put for a key, or the newest if rows have ranks, is the one that stays. What waits is bounded by its bytes, and
 * to a few batches: who writes finds rows that were made a while ago in no cache any more, which costs more than making them.
 */
public final class RowWriter implements AutoCloseable {

    /** So many keys wait while there is room, so that of a key's records close to each other only the last is written. */
    private static final int KEPT = 25;

    /** With so many rows ready to be written reading pauses, and goes on when they are a batch. */
    private static final int READY = KEPT + 100;

    private final RowPuts puts;
    private final Keeping keeping;
    private final RowSettings settings;
    private final Partitions partitions;
    private final Backoff backoff;
    private final Runnable beforeCall;

    /** Not virtual ones: to park one until its answer comes wakes two others, which costs more than a row's share of the work. */
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("row-writer").factory());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition changed = lock.newCondition();
    private final Lanes<RowKey, RowItem> lanes = new Lanes<>();
    private long heldBytes;
    private int inFlight;
    private boolean starting;
    private boolean pressed;
    private int throttled;
    private boolean closed;
    private @Nullable RowWriteException failure;

    RowWriter(
            RowPuts puts,
            Keeping keeping,
            RowSettings settings,
            Partitions partitions,
            Backoff backoff,
            Runnable beforeCall) {
        this.puts = puts;
        this.keeping = keeping;
        this.settings = settings;
        this.partitions = partitions;
        this.backoff = backoff;
        this.beforeCall = beforeCall;
    }

    /**
     * Takes a row to write; waits while too much is waiting already.
     *
     * @throws RejectedException if DynamoDB could never take it
     * @throws RowWriteException if an earlier row could not be written
     */
    public void put(Row row) throws RejectedException {
        RowItem item = RowItem.of(row, partitions.of(row.key()), keeping);
        lock.lock();
        try {
            awaitRoom(item);
            check();
            if (item.rank().isPresent()
                    && lanes.waiting(item.key())
                            .filter(waiting -> waiting.outranks(item))
                            .isPresent()) {
                return;
            }
            heldBytes -= lanes.replace(item.key(), item).map(RowItem::bytes).orElse(0);
            heldBytes += item.bytes();
            startBatches();
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom(RowItem item) {
        pressed = isFull(item);
        while (failure == null && (pressed || lanes.ready() >= READY)) {
            startBatches();
            if (failure == null) {
                room.awaitUninterruptibly();
            }
            pressed = isFull(item);
        }
    }

    private boolean isFull(RowItem item) {
        return heldBytes > 0 && heldBytes + item.bytes() > settings.heldBytes();
    }

    /**
     * Returns when every row is durably written.
     *
     * @throws RowWriteException if one could not be
     */
    public void flush() {
        lock.lock();
        try {
            pressed = true;
            startBatches();
            while (lanes.size() > 0 && failure == null) {
                changed.awaitUninterruptibly();
            }
            check();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what is in flight; what only waits is given up. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            while (inFlight > 0) {
                changed.awaitUninterruptibly();
            }
            threads.shutdown();
        } finally {
            lock.unlock();
        }
    }

    private void check() {
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Starts what can be: full batches, or whatever is ready if somebody waits for it. The next one is taken when the last one's
     * thread has got a processor: before, it would only wait for one too.
     */
    private void startBatches() {
        int least = pressed ? 1 : KEPT + puts.most();
        if (!starting && failure == null && !closed && inFlight < settings.writers() && lanes.ready() >= least) {
            start(lanes.take(puts.most()));
            if (lanes.ready() <= KEPT + puts.most()) {
                room.signal();
            }
        }
    }

    private void start(List<RowItem> batch) {
        try {
            threads.execute(() -> write(batch));
            inFlight++;
            starting = true;
        } catch (OutOfMemoryError e) {
            failure = new RowWriteException("There is no thread to write rows: lower sluice.rows.writers.", e);
        }
    }

    private void write(List<RowItem> batch) {
        @Nullable RowWriteException failed = null;
        Set<RowKey> unwritten = Set.of();
        try {
            started();
            beforeCall.run();
            unwritten = puts.send(batch);
            if (!unwritten.isEmpty() && !backoff.pause(failures(unwritten.size() < batch.size()))) {
                failed = new RowWriteException("DynamoDB throttled the rows until the call's time was over.");
            }
        } catch (RuntimeException | Error e) {
            failed = new RowWriteException("The rows table did not take a batch of rows.", e);
        } finally {
            finish(batch, unwritten, failed);
        }
    }

    private void started() {
        lock.lock();
        try {
            starting = false;
            startBatches();
        } finally {
            lock.unlock();
        }
    }

    /** How many rounds of all writers wrote nothing; pauses grow only while nothing gets through. */
    private int failures(boolean someWritten) {
        lock.lock();
        try {
            throttled = someWritten ? 1 : throttled + 1;
            return 1 + throttled / settings.writers();
        } finally {
            lock.unlock();
        }
    }

    private void finish(List<RowItem> batch, Set<RowKey> unwritten, @Nullable RowWriteException failed) {
        lock.lock();
        try {
            inFlight--;
            if (failed != null) {
                failure = failure == null ? failed : failure;
            } else {
                throttled = unwritten.isEmpty() ? 0 : throttled;
                for (RowItem item : batch) {
                    if (unwritten.contains(item.key())) {
                        lanes.again(item.key());
                    } else {
                        lanes.done(item.key());
                        heldBytes -= item.bytes();
                    }
                }
                startBatches();
            }
            if (pressed || failure != null) {
                room.signal();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
