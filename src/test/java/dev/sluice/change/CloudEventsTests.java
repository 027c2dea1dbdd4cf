package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.value.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
        assertThat(CloudEvents.decode(Json.of(CloudEvents.encode(event)))).contains(event);
    }

    @Test
    void anEventWithoutDataSaysSo() {
        ChangeEvent event = event(Change.Kind.MODIFIED, BEFORE, AFTER).withoutData();
        assertThat(event.omitted()).isTrue();
        assertThat(CloudEvents.decode(Json.of(CloudEvents.encode(event)))).contains(event);
    }

    @Test
    void theAttributesAreThoseOfCloudEvents() {
        Json json = Json.of(CloudEvents.encode(event(Change.Kind.INSERTED, Json.NULL, Json.of("{\"a\":1.10}"))));
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
        assertThat(CloudEvents.decode(Json.of(text))).isEmpty();
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
        String text =
                new String(CloudEvents.encode(event(Change.Kind.MODIFIED, BEFORE, AFTER)), StandardCharsets.UTF_8);
        int space = wrong.indexOf(' ');
        assertThat(text).contains(wrong.substring(0, space));
        assertThat(CloudEvents.decode(Json.of(text.replace(wrong.substring(0, space), wrong.substring(space + 1)))))
                .isEmpty();
    }

    @Test
    void theSampleRecordOfTheFeedIsAChangeEvent() throws IOException {
        try (var in = CloudEventsTests.class.getResourceAsStream("/events/kinesis.json")) {
            JsonNode record = JsonMapper.shared().readTree(in).path("Records").path(0);
            Json data = Json.of(record.path("kinesis").path("data").binaryValue());
            ChangeEvent event = CloudEvents.decode(data).orElseThrow();
            assertThat(event.subject()).isEqualTo("countries/DEU");
            assertThat(record.path("kinesis").path("partitionKey").stringValue())
                    .isEqualTo(event.subject());
            assertThat(event.before().sameValue(event.after())).isFalse();
            assertThat(Json.of(CloudEvents.encode(event))).isEqualTo(data);
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
                false);
    }
}
