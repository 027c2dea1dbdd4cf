package dev.sluice.change;

import dev.sluice.change.Outgoing.Part;
import dev.sluice.invocation.Invocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
        Map<String, Outgoing> open = HashMap.newHashMap(positions.length);
        Set<String> closed = new HashSet<>();
        var records = new ArrayList<Outgoing>(positions.length);
        for (int position : positions) {
            Change change = changes.get(position);
            String key = Outgoing.partitionKey(change.subject());
            if (!closed.contains(key)) {
                int keyBytes = utf8Bytes(key);
                Optional<SdkBytes> bytes = encode(writer, change, settings.recordBytes() - keyBytes, invocation);
                if (bytes.isPresent()) {
                    var part = new Part(position, change, bytes.get());
                    Outgoing record = open.get(key);
                    if (record != null && record.takes(part, settings.batchBytes())) {
                        record.add(part);
                    } else {
                        record = new Outgoing(key, keyBytes, part);
                        open.put(key, record);
                        records.add(record);
                    }
                } else {
                    closed.add(key);
                }
            }
        }
        return records;
    }

    private Optional<SdkBytes> encode(EventWriter writer, Change change, int room, Invocation invocation) {
        byte[] whole = writer.whole(change, settings.source(), invocation.traceparent());
        if (whole.length <= room) {
            return Optional.of(SdkBytes.fromByteArrayUnsafe(whole));
        }
        var event = ChangeEvent.of(change, settings.source(), invocation.traceparent());
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

    /** Without the bytes: of characters that take four, each surrogate counts two. */
    private static int utf8Bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
