package dev.sluice.live;

import dev.sluice.change.ChangeEvent;
import dev.sluice.invocation.Invocation;
import java.io.Flushable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * Tells those who are connected of changes as they come, and never keeps the processor waiting: what it is given it puts
 * into a queue, and what finds no room there, or in a connection's next message, is dropped and counted. Everything else
 * is done by threads of its own. It does nothing where messages cannot be sent.
 */
final class LiveTail implements Consumer<ChangeEvent>, Flushable, DisposableBean {

    /** How many messages are sent at the same time. */
    static final int SENDERS = 50;

    private static final int MOST_QUEUED_BYTES = 8 * 1024 * 1024;

    /** With nothing to do it looks up now and then all the same. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private static final long LOOK_NANOS = Duration.ofMillis(2).toNanos();

    private final Outlet outlet;
    private final Duration linger;
    private final Clock clock;
    private final Broadcast broadcast;
    private final Audience audience;
    private final ExecutorService senders =
            Executors.newFixedThreadPool(SENDERS, Thread.ofVirtual().factory());
    private final Queue<LiveChange> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queuedBytes = new AtomicInteger();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    /** @param linger how long a flush waits at most */
    LiveTail(
            Outlet outlet,
            Turns turns,
            Function<Instant, List<Connection>> table,
            Consumer<String> gone,
            Duration linger,
            Clock clock) {
        this.outlet = outlet;
        this.linger = linger;
        this.clock = clock;
        this.broadcast = new Broadcast(outlet, turns, gone, this::send, clock);
        this.audience = new Audience(table, broadcast::connected, clock);
    }

    @Override
    public void accept(ChangeEvent event) {
        if (outlet == Outlet.NONE || closed || (broadcast.isToNobody() && audience.isFresh())) {
            return;
        }
        LiveChange change = LiveChange.of(event);
        if (queuedBytes.addAndGet(change.bytes()) > MOST_QUEUED_BYTES) {
            queuedBytes.addAndGet(-change.bytes());
            broadcast.miss(change);
        } else {
            queue.add(change);
            wake();
        }
    }

    /** On the first change, since it is not sure that there will be one. */
    private void wake() {
        if (started.compareAndSet(false, true)) {
            Thread.ofVirtual().name("live-tail").start(this::run);
        } else {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        thread = Thread.currentThread();
        while (!closed) {
            Instant next = step();
            Duration pause = Duration.between(clock.instant(), next);
            // Rounded up: a moment too early would be for nothing.
            LockSupport.parkNanos(pause.plusMillis(1).toNanos());
        }
    }

    /** Hands out what has come and begins what is due; answers when to look again if nothing comes. */
    private Instant step() {
        boolean known = queue.isEmpty() || audience.isKnown(this::wake);
        if (known) {
            handOut();
        }
        Instant latest = clock.instant().plus(known ? IDLE : Audience.PATIENCE);
        return broadcast.send().filter(latest::isAfter).orElse(latest);
    }

    private void handOut() {
        for (LiveChange change = queue.poll(); change != null; change = queue.poll()) {
            broadcast.tell(change);
            queuedBytes.addAndGet(-change.bytes());
        }
    }

    private void send(Runnable message) {
        try {
            senders.execute(() -> {
                message.run();
                wake();
            });
        } catch (RejectedExecutionException _) {
            // It has been closed.
        }
    }

    /**
     * Waits for what is still to be sent, since Lambda freezes it once the call is answered; but not long, and not for what
     * would not be sent by then anyway.
     */
    @Override
    public void flush() {
        Duration left = Invocation.current().timeLeft();
        Duration longest = left.compareTo(linger) < 0 ? left : linger;
        long end = System.nanoTime() + longest.toNanos();
        Instant until = clock.instant().plus(longest);
        while (!isIdle(until)
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean isIdle(Instant until) {
        return queuedBytes.get() == 0 && broadcast.isIdle(until);
    }

    @Override
    public void destroy() {
        closed = true;
        LockSupport.unpark(thread);
        senders.shutdownNow();
        outlet.close();
    }
}
