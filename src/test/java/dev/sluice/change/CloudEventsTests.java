package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.Incoming.Claimed;
import dev.sluice.change.Incoming.Foreign;
import dev.sluice.change.Incoming.Whole;
import dev.sluice.value.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CloudEventsTests {

    private static final Json BEFORE = Json.of("{\"price\":1.10,\"näme\":\"日本 😀 \\\"\\n\"}");
    private static final Json AFTER = Json.of(
            "{\"price\":1E+2,\"big\":12345678901234567890123456789012345678,\"small\":0.12345678901234567890123456789012345678,\"list\":[true,null,{}]}");

    @ParameterizedTest
    @EnumSource
    void whatIsEncodedIsDecodedWithEveryDigit(Change.Kind kind) {
        ChangeEvent event = event(kind, BEFORE, AFTER);
        assertThat(decode(new EventWriter().whole(event))).containsExactly(new Whole(event));
    }

    @Test
    void anEventWithoutBeforeSaysSo() {
        ChangeEvent event = event(Change.Kind.MODIFIED, BEFORE, AFTER).withoutBefore();
        byte[] encoded = new EventWriter().whole(event);
        assertThat(Json.of(encoded).tree().path("omitted").stringValue()).isEqualTo("before");
        assertThat(Json.of(encoded).tree().path("data").has("before")).isFalse();
        assertThat(decode(encoded)).containsExactly(new Whole(event));
    }

    @Test
    void whatIsKnownOfTheCauseTravelsAlong() {
        var event = new ChangeEvent(
                "id-1",
                "/sluice",
                Change.Kind.REMOVED,
                "feed",
                "key",
                Instant.EPOCH,
                "1",
                BEFORE,
                Json.NULL,
                false,
                true,
                "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01");
        byte[] encoded = new EventWriter().whole(event);
        assertThat(Json.of(encoded).tree().path("expired").booleanValue()).isTrue();
        assertThat(Json.of(encoded).tree().path("traceparent").stringValue()).isEqualTo(event.traceparent());
        assertThat(decode(encoded)).containsExactly(new Whole(event));
    }

    @Test
    void anEventAndItsDataGoApartAndComeTogether() {
        ChangeEvent event = event(Change.Kind.MODIFIED, BEFORE, AFTER);
        byte[] small = new EventWriter().claimed(event, "s3://bucket/claims/1.json");
        assertThat(Json.of(small).tree().has("data")).isFalse();
        assertThat(Json.of(new EventWriter().data(event)).tree())
                .isEqualTo(Json.of(new EventWriter().whole(event)).tree().path("data"));
        assertThat(decode(small)).singleElement().isInstanceOfSatisfying(Claimed.class, claimed -> {
            assertThat(claimed.dataref()).isEqualTo("s3://bucket/claims/1.json");
            assertThat(claimed.with(Json.of(new EventWriter().data(event)))).contains(event);
            assertThat(claimed.with(Json.of("{}"))).isEmpty();
            assertThat(claimed.with(Json.of("no json"))).isEmpty();
        });
    }

    @Test
    void aBatchIsItsEventsInOrder() {
        ChangeEvent first = event(Change.Kind.INSERTED, Json.NULL, AFTER);
        ChangeEvent second = event(Change.Kind.MODIFIED, BEFORE, AFTER);
        String batch = "[%s,{},%s]".formatted(text(first), text(second));
        assertThat(decode(batch.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new Whole(first), Foreign.FOREIGN, new Whole(second));
    }

    @Test
    void theAttributesAreThoseOfCloudEvents() {
        Json json = Json.of(new EventWriter().whole(event(Change.Kind.INSERTED, Json.NULL, Json.of("{\"a\":1.10}"))));
        assertThat(json.tree()).isEqualTo(Json.of("""
                                {"specversion":"1.0","id":"id-1","source":"/sluice","type":"dev.sluice.row.inserted",
                                "subject":"feed/a key/é","time":"2026-01-02T03:04:05.678Z","sequence":"0042",
                                "datacontenttype":"application/json",
                                "data":{"feed":"feed","key":"a key/é","before":null,"after":{"a":1.10}}}""").tree());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "null",
                "[]",
                "{}",
                "\"text\"",
                "{\"specversion\":\"1.0\"}",
                "{\"specversion\":{},\"type\":[]}"
            })
    void whatIsNoChangeEventIsForeign(String text) {
        assertThat(CloudEvents.decode(Json.of(text))).containsExactly(Foreign.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1.0\" \"0.3\"",
                "dev.sluice.row.modified dev.sluice.row.renamed",
                "dev.sluice.row.modified com.example.order",
                "\"id\" \"idx\"",
                "\"sequence\":\"0042\" \"sequence\":42",
                "\"time\":\"2026 \"time\":\"next",
                "\"key\" \"kex\"",
                "\"before\" \"befor\"",
                "\"after\" \"later\"",
                "\"data\" \"date\""
            })
    void aPartThatIsWrongMakesItForeign(String wrong) {
        String text = text(event(Change.Kind.MODIFIED, BEFORE, AFTER));
        int space = wrong.indexOf(' ');
        assertThat(text).contains(wrong.substring(0, space));
        assertThat(CloudEvents.decode(Json.of(text.replace(wrong.substring(0, space), wrong.substring(space + 1)))))
                .containsExactly(Foreign.FOREIGN);
    }

    @Test
    void theSampleRecordOfTheFeedIsAChangeEvent() throws IOException {
        try (var in = CloudEventsTests.class.getResourceAsStream("/events/kinesis.json")) {
            JsonNode record = JsonMapper.shared().readTree(in).path("Records").path(0);
            Json data = Json.of(record.path("kinesis").path("data").binaryValue());
            ChangeEvent event = ((Whole) CloudEvents.decode(data).getFirst()).event();
            assertThat(event.subject()).isEqualTo("countries/DEU");
            assertThat(record.path("kinesis").path("partitionKey").stringValue())
                    .isEqualTo(event.subject());
            assertThat(event.before().sameValue(event.after())).isFalse();
            assertThat(Json.of(new EventWriter().whole(event))).isEqualTo(data);
        }
    }

    private static ChangeEvent event(Change.Kind kind, Json before, Json after) {
        return new ChangeEvent(
                "id-1",
                "/sluice",
                kind,
                "feed",
                "a key/é",
                Instant.parse("2026-01-02T03:04:05.678Z"),
                "0042",
                before,
                after,
                false,
                false,
                "");
    }

    private static List<Incoming> decode(byte[] record) {
        return CloudEvents.decode(Json.of(record));
    }

    private static String text(ChangeEvent event) {
        return new String(new EventWriter().whole(event), StandardCharsets.UTF_8);
    }
}
