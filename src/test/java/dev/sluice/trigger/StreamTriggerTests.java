package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.change.Change;
import dev.sluice.value.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTriggerTests {

    private static final String RECORD = """
            {"eventID":"id","eventName":"MODIFY","eventSource":"aws:dynamodb","dynamodb":{
            "ApproximateCreationDateTime":1,"Keys":{"pk":{"S":"a#b#03"},"sk":{"S":"key"}},
            "NewImage":{"data":{"M":{}}},"SequenceNumber":"9"}}""";

    private final Door door = new Door();

    @Test
    void theSampleIsAChangeOfARow() {
        Change change = door.changes(Door.sample("stream.json")).changes().getFirst();
        assertThat(change.kind()).isEqualTo(Change.Kind.MODIFIED);
        assertThat(change.expired()).isFalse();
        assertThat(change.id()).isEqualTo("7de3041dd709b024af6f29e4fa13d34c");
        assertThat(change.feed()).isEqualTo("countries");
        assertThat(change.key()).isEqualTo("DEU");
        assertThat(change.time()).isEqualTo(Instant.parse("2026-11-22T09:15:30Z"));
        assertThat(change.sequence()).isEqualTo("400000000000000499660");
        assertThat(change.before().tree().path("Capital").stringValue()).isEqualTo("Bonn");
        assertThat(change.after().tree().path("Capital").stringValue()).isEqualTo("Berlin");
        assertThat(change.after().tree()).hasSize(6);
    }

    @Test
    void theSampleOfTheFeedIsWhatTheSampleOfTheStreamBecomes() {
        Change change = door.changes(Door.sample("stream.json")).changes().getFirst();
        Json event =
                door.events(Door.sample("kinesis.json")).deliveries().getFirst().event();
        assertThat(event.tree().path("id").stringValue()).isEqualTo(change.id());
        assertThat(event.tree().path("data").path("before"))
                .isEqualTo(change.before().tree());
        assertThat(event.tree().path("data").path("after"))
                .isEqualTo(change.after().tree());
    }

    /** Some of their texts are the same, and some differ where others are the same. */
    @Test
    void eachRecordTellsItsOwn() {
        String other = RECORD.replace("MODIFY", "INSERT")
                .replace("\"id\"", "\"other\"")
                .replace("Time\":1", "Time\":2.5")
                .replace("a#b#03", "é#03");
        String escaped = RECORD.replace("MODIFY", "\\u004dODIFY").replace("a#b#03", "\\u00e9#12");
        String batch = "{\"Records\":[%s]}".formatted(String.join(",", RECORD, other, RECORD, escaped, other));
        assertThat(door.changes(batch).changes())
                .extracting(Change::id, Change::kind, Change::feed, Change::time)
                .containsExactly(
                        tuple("id", Change.Kind.MODIFIED, "a#b", Instant.ofEpochSecond(1)),
                        tuple("other", Change.Kind.INSERTED, "é", Instant.ofEpochMilli(2500)),
                        tuple("id", Change.Kind.MODIFIED, "a#b", Instant.ofEpochSecond(1)),
                        tuple("id", Change.Kind.MODIFIED, "é", Instant.ofEpochSecond(1)),
                        tuple("other", Change.Kind.INSERTED, "é", Instant.ofEpochMilli(2500)));
    }

    @Test
    void aRemovedRowHasNothingAfterAndAnInsertedOneNothingBefore() {
        Change removed = change("MODIFY", "REMOVE", "NewImage", "OldImage");
        assertThat(removed.kind()).isEqualTo(Change.Kind.REMOVED);
        assertThat(removed.before()).isEqualTo(Json.of("{}"));
        assertThat(removed.after().isNull()).isTrue();
        Change inserted = change("MODIFY", "INSERT");
        assertThat(inserted.kind()).isEqualTo(Change.Kind.INSERTED);
        assertThat(inserted.before().isNull()).isTrue();
        assertThat(inserted.after()).isEqualTo(Json.of("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"} | true",
                "{\"principalId\":\"dynamodb.amazonaws.com\",\"type\":\"Service\"} | true",
                "{\"type\":\"Service\",\"principalId\":\"other.amazonaws.com\"}    | false",
                "{\"type\":\"User\",\"principalId\":\"dynamodb.amazonaws.com\"}    | false",
                "null                                                            | false"
            })
    void aRowWhoseTimeToLiveIsOverHasExpired(String identity, boolean expired) {
        assertThat(change("\"id\"", "\"id\",\"userIdentity\":" + identity).expired())
                .isEqualTo(expired);
    }

    @Test
    void theFeedIsWhatStandsBeforeTheLastMark() {
        assertThat(change("x", "x").feed()).isEqualTo("a#b");
    }

    @ParameterizedTest
    @CsvSource({
        "1795338930, 2026-11-22T09:15:30Z",
        "1795338930.123, 2026-11-22T09:15:30.123Z",
        "1.79533893E9, 2026-11-22T09:15:30Z",
        "1.795338930123456789e+9, 2026-11-22T09:15:30.123456789Z",
        "0, 1970-01-01T00:00:00Z",
        "-0.5, 1969-12-31T23:59:59.500Z"
    })
    void theTimeComesInAnyNotation(String seconds, Instant time) {
        assertThat(change("Time\":1", "Time\":" + seconds).time()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Time\":1 Time\":\"secret\"",
                "Time\":1 Time\":null",
                "Time\":1 Time\":1E18",
                "Time\":1 Time\":{}",
                "\"id\" \"\"",
                "MODIFY secret",
                "aws:dynamodb aws:secret",
                "{\"S\":\"key\"} \"secret\"",
                "\"9\" \"\"",
                "\"9\" {\"secret\":1}",
                "{\"M\":{}} {\"X\":\"secret\"}",
                "{\"M\":{}} \"secret\""
            })
    void aRecordThatIsNotAsDocumentedIsRefused(String change) {
        int space = change.indexOf(' ');
        String good = change.substring(0, space);
        assertThat(RECORD).contains(good);
        String event = "{\"Records\":[%s,%s]}".formatted(RECORD, RECORD.replace(good, change.substring(space + 1)));
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send(event))
                .withMessageNotContaining("secret");
        assertThat(door.given).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"eventID\":\"id\",",
                "\"eventName\":\"MODIFY\",",
                "\"ApproximateCreationDateTime\":1,",
                ",\"SequenceNumber\":\"9\""
            })
    void whatARecordLacksIsNotTakenFromTheOneBefore(String field) {
        assertThat(RECORD).contains(field);
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send("{\"Records\":[%s,%s]}".formatted(RECORD, RECORD.replace(field, ""))));
        assertThat(door.given).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"pk\":{\"S\":\"a#b#03\"},", ",\"sk\":{\"S\":\"key\"}", "\"NewImage\":{\"data\":{\"M\":{}}},"})
    void aRecordWithoutItsRowIsNotTheRowBefore(String field) {
        assertThat(RECORD).contains(field);
        String expired = RECORD.replace(
                "\"eventID\"",
                "\"userIdentity\":{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"},\"eventID\"");
        assertThat(door.changes("{\"Records\":[%s,%s,%s]}".formatted(expired, RECORD.replace(field, ""), RECORD))
                        .changes())
                .extracting(Change::expired)
                .containsExactly(true, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#b#03 secret", "\"key\" \"\""})
    void anItemThatIsNoRowIsPassedOver(String change) {
        int space = change.indexOf(' ');
        String foreign = RECORD.replace(change.substring(0, space), change.substring(space + 1));
        assertThat(door.changes("{\"Records\":[%s,%s]}".formatted(foreign, RECORD))
                        .changes())
                .hasSize(1);
    }

    @Test
    void theFeedsRecordsAreDeliveredInOrder() {
        String record = "{\"eventSource\":\"aws:kinesis\",\"kinesis\":{\"sequenceNumber\":\"%s\",\"data\":\"%s\"}}";
        String data = Base64.getEncoder().encodeToString("{\"a\":1.10}".getBytes(StandardCharsets.UTF_8));
        var deliveries = door.events(
                        "{\"Records\":[" + record.formatted("2", data) + "," + record.formatted("1", "") + "]}")
                .deliveries();
        assertThat(deliveries).extracting("sequence").containsExactly("2", "1");
        assertThat(deliveries).extracting("event").containsExactly(Json.of("{\"a\":1.10}"), Json.of(""));
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send("{\"Records\":[" + record.formatted("1", "secret!") + "]}"))
                .withMessageNotContaining("secret");
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send("{\"Records\":[" + record.formatted("", data) + "]}"));
    }

    private Change change(String... replacements) {
        String record = RECORD;
        for (int i = 0; i < replacements.length; i += 2) {
            record = record.replace(replacements[i], replacements[i + 1]);
        }
        return door.changes("{\"Records\":[" + record + "]}").changes().getFirst();
    }
}
