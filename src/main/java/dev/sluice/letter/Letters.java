package dev.sluice.letter;

import dev.sluice.store.StoreBucket;
import dev.sluice.value.Json;
import dev.sluice.value.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dead letters, each an object of the store bucket: {@code letters/<reason>/<time>-<hash of origin and id>.json}, so
 * that they list by reason and time, and an input that fails again takes the place of its earlier letter.
 */
public final class Letters {

    private static final Logger LOG = LoggerFactory.getLogger(Letters.class);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final int HASH_BYTES = 16;

    private final StoreBucket store;
    private final JsonMapper mapper;

    Letters(StoreBucket store, JsonMapper mapper) {
        this.store = store;
        this.mapper = mapper;
    }

    /** A letter as it is kept. */
    private record Kept(
            String reason,
            String origin,
            String id,
            Instant time,
            int attempts,
            Instant first,
            Instant last,
            Json input) {}

    /**
     * Keeps a letter. Once this returns, it is durably kept and its input may count as dealt with.
     *
     * @param atMost how long that may take
     * @throws software.amazon.awssdk.core.exception.SdkException if it could not be kept
     */
    public void keep(Letter letter, Duration atMost) {
        Instant now = Instant.now();
        String key = key(letter);
        Optional<Kept> earlier = store.find(key, atMost).map(bytes -> mapper.readValue(bytes, Kept.class));
        var kept = new Kept(
                letter.reason(),
                letter.origin(),
                letter.id(),
                letter.time(),
                earlier.map(Kept::attempts).orElse(0) + 1,
                earlier.map(Kept::first).orElse(now),
                now,
                letter.input());
        store.put(key, "application/json", mapper.writeValueAsBytes(kept), atMost);
        LOG.error("{} could not do with an input, now a dead letter ({}): {}", letter.origin(), letter.reason(), key);
    }

    private static String key(Letter letter) {
        byte[] hash = Sha256.of(letter.origin() + " " + letter.id());
        return "letters/%s/%s-%s.json"
                .formatted(
                        letter.reason(),
                        TIME.format(letter.time()),
                        HexFormat.of().formatHex(hash, 0, HASH_BYTES));
    }
}
