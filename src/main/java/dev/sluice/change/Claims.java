package dev.sluice.change;

import dev.sluice.store.StoreBucket;
import dev.sluice.value.Json;
import dev.sluice.value.Sha256;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Claim checks: the data of events that fit into no record, in the store bucket under
 * {@code claims/<day of the change>/<sequence>-<hash of source and id>.json}. The event names the address as its
 * {@code dataref} (CloudEvents, "Dataref (Claim Check Pattern)").
 */
final class Claims {

    private static final String PREFIX = "claims/";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);
    private static final int HASH_BYTES = 8;

    private final StoreBucket store;

    Claims(StoreBucket store) {
        this.store = store;
    }

    /**
     * Keeps an event's data.
     *
     * @return where; the same for every copy of the same change
     * @throws software.amazon.awssdk.core.exception.SdkException if the store bucket did not take it in that time
     */
    String keep(ChangeEvent event, Duration atMost) {
        byte[] hash = Sha256.of(event.source() + " " + event.id());
        String key = PREFIX
                + "%s/%s-%s.json"
                        .formatted(
                                DAY.format(event.time()),
                                event.sequence(),
                                HexFormat.of().formatHex(hash, 0, HASH_BYTES));
        store.put(key, "application/json", new EventWriter().data(event), atMost);
        return store.address(key);
    }

    /** Whether the address is one of a claim check of this store bucket: nothing else is fetched. */
    boolean owns(String reference) {
        return store.key(reference).filter(key -> key.startsWith(PREFIX)).isPresent();
    }

    /**
     * The data at an address that {@link #keep} has named; empty if it is gone.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if the store bucket did not answer in that time
     */
    Optional<Json> find(String reference, Duration atMost) {
        return store.key(reference).flatMap(key -> store.find(key, atMost)).map(Json::of);
    }
}
