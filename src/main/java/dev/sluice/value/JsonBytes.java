package dev.sluice.value;

import java.util.Arrays;
import tools.jackson.core.io.JsonStringEncoder;

/** JSON while it is written, value after value into the same room, of bytes that are JSON already and of texts. */
public final class JsonBytes {

    private byte[] bytes = new byte[1024];
    private int size;

    public void add(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
    }

    public void add(byte[] json) {
        add(json, 0, json.length);
    }

    /** Adds the bytes from one place up to another. */
    public void add(byte[] json, int from, int to) {
        room(to - from);
        System.arraycopy(json, from, bytes, size, to - from);
        size += to - from;
    }

    /** Adds the text as a string, with its quotes. */
    public void text(String text) {
        add('"');
        characters(text);
        add('"');
    }

    /** Adds the text as a part of a string, without quotes. */
    public void characters(String text) {
        int length = text.length();
        room(length);
        int before = size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                size = before;
                add(JsonStringEncoder.getInstance().quoteAsUTF8(text));
                return;
            }
            bytes[size++] = (byte) c;
        }
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    /** What was written since the last time. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, size);
        size = 0;
        return taken;
    }
}
