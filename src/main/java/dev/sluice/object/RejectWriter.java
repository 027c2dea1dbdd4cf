package dev.sluice.object;

import dev.sluice.format.Place;
import dev.sluice.store.StoreBucket;
import dev.sluice.value.RejectedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Writes the rejects of one object in parts of bounded size. */
final class RejectWriter {

    private static final int PART_BYTES = 1024 * 1024;
    private static final String ENDING = ".ndjson";

    private final StoreBucket store;
    private final JsonMapper mapper;
    private final String folder;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private long firstOffset;

    RejectWriter(StoreBucket store, JsonMapper mapper, String folder) {
        this.store = store;
        this.mapper = mapper;
        this.folder = folder;
    }

    void add(Place place, RejectedException reason, byte[] raw) {
        if (part.size() == 0) {
            firstOffset = place.offset();
        }
        Optional<String> text = text(raw);
        var reject = new Reject(
                place.line(),
                place.offset(),
                Optional.of(place.pointer()).filter(pointer -> !pointer.isEmpty()),
                reason.reason(),
                reason.column(),
                String.valueOf(reason.getMessage()),
                text,
                text.isPresent()
                        ? Optional.empty()
                        : Optional.of(Base64.getEncoder().encodeToString(raw)));
        part.writeBytes(mapper.writeValueAsBytes(reject));
        part.write('\n');
        if (part.size() >= PART_BYTES) {
            flush();
        }
    }

    /** Returns when every reject is kept. */
    void flush() {
        if (part.size() > 0) {
            store.put(part(folder, firstOffset), "application/x-ndjson", part.toByteArray());
            part.reset();
        }
    }

    /** A part's key sorts by the offset of its first reject. */
    static String part(String folder, long offset) {
        return "%s%019d%s".formatted(folder, offset, ENDING);
    }

    static long offset(String part) {
        return Long.parseLong(part.substring(part.lastIndexOf('/') + 1, part.length() - ENDING.length()));
    }

    private static Optional<String> text(byte[] raw) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
