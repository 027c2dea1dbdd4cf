package dev.sluice.trigger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes texts that come again and again in an event, such as names of tables and kinds, once. Each has one place; another
 * text that falls on it takes it over.
 */
final class CommonTexts {

    private static final int PLACES = 256;

    private final String[] texts = new String[PLACES];

    CommonTexts() {
        Arrays.fill(texts, "");
    }

    /** The text of the bytes from one place up to another. */
    String text(byte[] utf8, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + utf8[i];
        }
        int place = hash & (PLACES - 1);
        if (!is(texts[place], utf8, from, to)) {
            texts[place] = new String(utf8, from, to - from, StandardCharsets.UTF_8);
        }
        return texts[place];
    }

    /** Only of ASCII: no character equals a byte of another. */
    private static boolean is(String text, byte[] utf8, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i - from) != utf8[i]) {
                return false;
            }
        }
        return true;
    }
}
