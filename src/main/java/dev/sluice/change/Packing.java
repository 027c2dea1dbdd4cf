package dev.sluice.change;

import dev.sluice.change.Outgoing.Part;
import dev.sluice.invocation.Invocation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes records of changes: consecutive changes of a key share one, up to a size, so that a key that changes all the time
 * does not need a request for each change.
 */
final class Packing {

    private static final Logger LOG = LoggerFactory.getLogger(Packing.class);

    private final ChangeSettings settings;
    private final Claims claims;

    Packing(ChangeSettings settings, Claims claims) {
        this.settings = settings;
        this.claims = claims;
    }

    /**
     * Packs changes.
     *
     * @param changes in the order of the stream
     * @param positions which of them to pack
     * @return the records of each key in order. A change that fits into no record and could not be kept elsewhere either is
     *     in none, nor is any later one of its key
     */
    List<Outgoing> pack(List<Change> changes, int[] positions, Invocation invocation) {
        var writer = new EventWriter();
        Map<String, Growing> open = new LinkedHashMap<>();
        Set<String> closed = new HashSet<>();
        var records = new ArrayList<Outgoing>(positions.length);
        for (int position : positions) {
            Change change = changes.get(position);
            var event = ChangeEvent.of(change, settings.source(), invocation.traceparent());
            String key = Outgoing.partitionKey(event.subject());
            if (!closed.contains(key)) {
                Growing record = open.computeIfAbsent(key, Growing::new);
                Optional<SdkBytes> bytes = encode(writer, event, record.room, invocation);
                if (bytes.isPresent()) {
                    record.add(new Part(position, change, bytes.get()), records);
                } else {
                    closed.add(key);
                }
            }
        }
        open.values().forEach(record -> record.finish(records));
        return records;
    }

    private Optional<SdkBytes> encode(EventWriter writer, ChangeEvent event, int room, Invocation invocation) {
        byte[] whole = writer.whole(event);
        if (whole.length <= room) {
            return Optional.of(SdkBytes.fromByteArrayUnsafe(whole));
        }
        if (settings.dropBefore() && !event.before().isNull()) {
            byte[] smaller = writer.whole(event.withoutBefore());
            if (smaller.length <= room) {
                return Optional.of(SdkBytes.fromByteArrayUnsafe(smaller));
            }
        }
        if (Instant.now().isAfter(invocation.lastTry())) {
            return Optional.empty();
        }
        try {
            String reference = claims.keep(event, invocation.timeLeft());
            return Optional.of(SdkBytes.fromByteArrayUnsafe(writer.claimed(event, reference)));
        } catch (SdkException e) {
            LOG.warn(
                    "The store bucket did not take the data of the event {}: {}",
                    event.id(),
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** The record that a key's changes go into until it is full. */
    private final class Growing {

        private final String key;
        private final int keyBytes;
        private final int room;
        private final int share;
        private List<Part> parts = new ArrayList<>(1);
        private int bytes = 1;

        Growing(String key) {
            this.key = key;
            keyBytes = key.getBytes(StandardCharsets.UTF_8).length;
            room = settings.recordBytes() - keyBytes;
            share = settings.batchBytes() - keyBytes;
        }

        void add(Part part, List<Outgoing> records) {
            if (!parts.isEmpty() && bytes + part.bytes() + 1 > share) {
                finish(records);
                parts = new ArrayList<>(1);
                bytes = 1;
            }
            parts.add(part);
            bytes += part.bytes() + 1;
        }

        void finish(List<Outgoing> records) {
            if (!parts.isEmpty()) {
                records.add(Outgoing.of(key, keyBytes, parts));
            }
        }
    }
}
