package dev.sluice.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Drains a process's output and keeps the end of it. */
final class LogTail {

    private static final int KEPT = 256 * 1024;

    private final byte[] ring = new byte[KEPT];
    private final CountDownLatch ended = new CountDownLatch(1);
    private long written;

    static LogTail of(InputStream output) {
        var tail = new LogTail();
        Thread.ofVirtual().name("log-tail").start(() -> tail.drain(output));
        return tail;
    }

    private void drain(InputStream output) {
        var buffer = new byte[8192];
        try (output) {
            for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException e) {
            byte[] reason = ("\n[log ends: " + e.getMessage() + "]\n").getBytes(StandardCharsets.UTF_8);
            keep(reason, reason.length);
        } finally {
            ended.countDown();
        }
    }

    /** What it ends with, once the process writes no more or the time is over. */
    String last(Duration limit) throws InterruptedException {
        boolean whole = ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        return whole ? text() : text() + "\n[more may follow]\n";
    }

    private synchronized void keep(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (written++ % KEPT)] = bytes[i];
        }
    }

    synchronized String text() {
        int start = (int) (written % KEPT);
        if (written <= KEPT) {
            return new String(ring, 0, (int) written, StandardCharsets.UTF_8);
        }
        byte[] all = Arrays.copyOf(Arrays.copyOfRange(ring, start, KEPT), KEPT);
        System.arraycopy(ring, 0, all, KEPT - start, start);
        return new String(all, StandardCharsets.UTF_8);
    }
}
