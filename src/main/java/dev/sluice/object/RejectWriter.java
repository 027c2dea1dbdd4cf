package dev.sluice.object;

import dev.sluice.format.Place;
import dev.sluice.store.StoreBucket;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Span;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Writes the rejects of one object, or of a part of one, into files of bounded size. */
final class RejectWriter {

    private static final int FILE_BYTES = 1024 * 1024;
    /** A reject has to fit into a reply of Lambda's, which is 6 MB at most. */
    private static final int MOST_BYTES = 128 * 1024;

    private static final String ENDING = ".ndjson";

    private final StoreBucket store;
    private final JsonMapper mapper;
    private final String folder;
    private final Map<String, String> about;
    private final Optional<Long> linesFrom;
    private final Runnable beforeCall;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private long firstOffset;

    /**
     * @param about what a person who finds a file has to know of it
     * @param linesFrom the byte from which lines are counted; none if from the object's first
     * @param beforeCall is asked whether something may be written now; throws if not
     */
    RejectWriter(
            StoreBucket store,
            JsonMapper mapper,
            String folder,
            Map<String, String> about,
            Optional<Long> linesFrom,
            Runnable beforeCall) {
        this.store = store;
        this.mapper = mapper;
        this.folder = folder;
        this.about = about;
        this.linesFrom = linesFrom;
        this.beforeCall = beforeCall;
    }

    /**
     * Keeps a record.
     *
     * @param bytes all of it, or its first ones
     * @param length how many it has
     * @param at the bytes at fault, if it is known which they are
     */
    void add(Place place, RejectedException reason, byte[] bytes, long length, Charset charset, Optional<Span> at) {
        byte[] raw = Arrays.copyOf(bytes, Math.min(bytes.length, MOST_BYTES));
        boolean cut = raw.length < length;
        if (file.size() == 0) {
            firstOffset = place.offset();
        }
        Optional<String> text = text(raw, cut, charset);
        var reject = new Reject(
                place.line(),
                linesFrom,
                place.offset(),
                Optional.of(length),
                place.pointer(),
                reason.reason(),
                reason.column(),
                String.valueOf(reason.getMessage()),
                at.filter(span -> span.from() < raw.length || !cut)
                        .map(span -> span.within(raw.length))
                        .map(span -> text.isPresent() ? inUtf8(span, raw, charset) : span),
                text,
                text.isPresent()
                        ? Optional.empty()
                        : Optional.of(Base64.getEncoder().encodeToString(raw)),
                cut);
        file.writeBytes(mapper.writeValueAsBytes(reject));
        file.write('\n');
        if (file.size() >= FILE_BYTES) {
            flush();
        }
    }

    /** Returns when every reject so far is kept. */
    void flush() {
        if (file.size() > 0) {
            beforeCall.run();
            store.put(name(folder, firstOffset), "application/x-ndjson", about, file.toByteArray());
            file.reset();
        }
    }

    /** Removes what an earlier try has kept of the records from that byte on, and before the other one. */
    void begin(long from, long to) {
        StoreBucket.Keys keys;
        List<String> names;
        // A key without its last character sorts just before it.
        String first = name(folder, from);
        String after = first.substring(0, first.length() - 1);
        do {
            beforeCall.run();
            keys = store.keys(folder, after);
            names = keys.names().stream().takeWhile(name -> offset(name) < to).toList();
            for (String name : names) {
                beforeCall.run();
                store.delete(name);
            }
            after = names.isEmpty() ? after : names.getLast();
        } while (keys.more() && names.size() == keys.names().size());
    }

    /** A file's name sorts by the offset of its first reject. */
    static String name(String folder, long offset) {
        return "%s%019d%s".formatted(folder, offset, ENDING);
    }

    static long offset(String name) {
        return Long.parseLong(name.substring(name.lastIndexOf('/') + 1, name.length() - ENDING.length()));
    }

    /** Of what is a byte a character where it was read. */
    private static Span inUtf8(Span at, byte[] raw, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return at;
        }
        int from = new String(raw, 0, at.from(), charset).getBytes(StandardCharsets.UTF_8).length;
        int length = new String(raw, at.from(), at.length(), charset).getBytes(StandardCharsets.UTF_8).length;
        return new Span(from, from + length);
    }

    /** Control characters take six bytes each as JSON text; base64 of any bytes is only a third longer. */
    private static Optional<String> text(byte[] raw, boolean cut, Charset charset) {
        for (byte b : raw) {
            if (b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != '\n') {
                return Optional.empty();
            }
        }
        var text = CharBuffer.allocate(raw.length);
        // Where more would follow, the decoder leaves out a last character that is cut in two.
        var result = charset.newDecoder().decode(ByteBuffer.wrap(raw), text, !cut);
        return result.isError() ? Optional.empty() : Optional.of(text.flip().toString());
    }
}
