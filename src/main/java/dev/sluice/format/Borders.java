package dev.sluice.format;

import java.util.ArrayDeque;
import java.util.Deque;

/** The borders that a stream has passed and that may still be asked for; those close to each other count as one. */
final class Borders {

    private static final long APART = 64 * 1024;

    private final Deque<Border> passed = new ArrayDeque<>();

    Borders(Border first) {
        passed.add(first);
    }

    void pass(long compressed, long plain) {
        if (plain - passed.getLast().plain() >= APART) {
            passed.add(new Border(compressed, plain));
        }
    }

    /** The last one at or before that byte; those before it are forgotten. */
    Border before(long plain) {
        Border last = passed.getFirst();
        while (passed.size() > 1) {
            passed.removeFirst();
            if (passed.getFirst().plain() > plain) {
                passed.addFirst(last);
                return last;
            }
            last = passed.getFirst();
        }
        return last;
    }
}
