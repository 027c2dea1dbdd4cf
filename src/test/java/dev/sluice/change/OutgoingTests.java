package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.value.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutgoingTests {

    private static final ChangeSettings SETTINGS = new ChangeSettings("stream", "/sluice", 500, 1 << 20, 1 << 16);
    private static final Json DATA = Json.of("{\"a\":1}");

    @ParameterizedTest
    @CsvSource({
        "7, 0000000000000000000000000000000000000007",
        "1234567890123456789012345678901234567890, 1234567890123456789012345678901234567890",
        "12345678901234567890123456789012345678901, 12345678901234567890123456789012345678901"
    })
    void sequencesArePaddedSoThatTheySortAsText(String sequence, String padded) {
        assertThat(ChangeEvent.of(change("k", sequence, DATA, DATA), "/sluice").sequence())
                .isEqualTo(padded);
        assertThat(Outgoing.of(change("k", sequence, DATA, DATA), SETTINGS).sequence())
                .isEqualTo(sequence);
    }

    @Test
    void theSubjectIsThePartitionKeyAsLongAsKinesisTakesIt() {
        String key = "é".repeat(256 - "feed/".length());
        assertThat(partitionKey(key)).isEqualTo("feed/" + key);
        assertThat(partitionKey("😀".repeat(125))).isEqualTo("feed/" + "😀".repeat(125));
    }

    @Test
    void aLongerSubjectIsHashed() {
        String key = "x".repeat(252);
        assertThat(partitionKey(key)).matches("[0-9a-f]{64}").isEqualTo(partitionKey(key));
        assertThat(partitionKey(key)).isNotEqualTo(partitionKey(key + "x"));
    }

    @Test
    void whatFitsIntoNoRecordGoesWithoutItsData() {
        Outgoing small = Outgoing.of(change("k", "1", DATA, DATA), SETTINGS);
        int room = (1 << 16) - small.bytes();
        Outgoing full = Outgoing.of(change("k", "1", DATA, text(room + DATA.utf8().length)), SETTINGS);
        assertThat(full.bytes()).isEqualTo(1 << 16);
        assertThat(event(full).omitted()).isFalse();

        Outgoing over = Outgoing.of(change("k", "1", DATA, text(room + DATA.utf8().length + 1)), SETTINGS);
        assertThat(event(over).omitted()).isTrue();
        assertThat(event(over).after().isNull()).isTrue();
        assertThat(over.bytes()).isLessThan(1024);
        assertThat(over.partitionKey()).isEqualTo("feed/k");
    }

    @Test
    void thePartitionKeyCounts() {
        Outgoing outgoing = Outgoing.of(change("é", "1", DATA, DATA), SETTINGS);
        assertThat(outgoing.bytes())
                .isEqualTo(outgoing.data().asByteArray().length + "feed/é".getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void onlyAModifiedRowThatSaysTheSameIsNoChange() {
        Json reordered = Json.of("{\"b\":2,\"a\":1}");
        Json ordered = Json.of("{\"a\":1,\"b\":2}");
        assertThat(change("k", "1", ordered, reordered).changesNothing()).isTrue();
        assertThat(change("k", "1", DATA, Json.of("{\"a\":2}")).changesNothing())
                .isFalse();
        assertThat(new Change("id", Change.Kind.INSERTED, "f", "k", Instant.EPOCH, "1", Json.NULL, Json.NULL)
                        .changesNothing())
                .isFalse();
        assertThat(new Change("id", Change.Kind.REMOVED, "f", "k", Instant.EPOCH, "1", DATA, DATA).changesNothing())
                .isFalse();
    }

    private static Json text(int length) {
        return Json.of("\"" + "x".repeat(length - 2) + "\"");
    }

    private static ChangeEvent event(Outgoing outgoing) {
        return CloudEvents.decode(Json.of(outgoing.data().asByteArray())).orElseThrow();
    }

    private static String partitionKey(String key) {
        return Outgoing.of(change(key, "1", DATA, DATA), SETTINGS).partitionKey();
    }

    private static Change change(String key, String sequence, Json before, Json after) {
        return new Change("id", Change.Kind.MODIFIED, "feed", key, Instant.EPOCH, sequence, before, after);
    }
}
