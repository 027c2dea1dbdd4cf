package dev.sluice.format;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of fields that were read, each made once. Records that are alike write the same names in the same order, so
 * that the next one need only be compared.
 */
final class JsonNames {

    private static final int MOST = 1000;
    private static final int LONGEST = 128;

    private final Map<String, Name> known = new HashMap<>();
    private Name last = new Name("", new byte[] {'"', '"', ':'});

    /** A name, how it was written, and the one that came behind it the last time. */
    static final class Name {

        private final String text;
        private final byte[] written;
        private Name next = this;

        private Name(String text, byte[] written) {
            this.text = text;
            this.written = written;
        }

        String text() {
            return text;
        }

        int length() {
            return written.length;
        }

        boolean isAt(byte[] bytes, int from, int end) {
            int to = from + written.length;
            return to <= end && Arrays.equals(written, 0, written.length, bytes, from, to);
        }
    }

    /** The name that is likely to come. */
    Name guess() {
        return last.next;
    }

    /** The guess came. */
    void confirm(Name guess) {
        last = guess;
    }

    /** Another one came, written as these bytes are. */
    String learn(String text, byte[] bytes, int from, int to) {
        if (to - from > LONGEST || (known.size() == MOST && !known.containsKey(text))) {
            return text;
        }
        last.next = known.computeIfAbsent(text, _ -> new Name(text, Arrays.copyOfRange(bytes, from, to)));
        last = last.next;
        return last.text;
    }
}
