package dev.sluice.object;

import dev.sluice.invocation.Invocation;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Reads one object in a process of its own, until its state is final. */
final class KilledReader {

    private static final long PAUSE_NANOS = 100_000_000;

    private KilledReader() {}

    /**
     * Reads and ends.
     *
     * @param arguments bucket, key, settings
     */
    public static void main(String[] arguments) throws Exception {
        var notice = new ObjectNotice(arguments[0], arguments[1]);
        var settings = Arrays.copyOfRange(arguments, 2, arguments.length);
        try (var reader = new ReaderProcess(settings)) {
            while (reader.read(notice, Invocation.unbounded()).objects().stream()
                    .noneMatch(outcome -> outcome.state().isFinal())) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
