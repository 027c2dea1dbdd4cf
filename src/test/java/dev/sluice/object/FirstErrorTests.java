package dev.sluice.object;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.object.ReadingCloud.Content;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Of the first reject the ledger keeps where it is and which column is at fault. */
class FirstErrorTests {

    @SuppressWarnings("NullAway.Init")
    private static ReadingCloud cloud;

    @BeforeAll
    static void start() throws IOException {
        cloud = new ReadingCloud(
                List.of(),
                "--sluice.feeds[0].name=orders",
                "--sluice.feeds[0].match.key=orders/{day}/*",
                "--sluice.feeds[0].format=csv",
                "--sluice.feeds[0].key=id",
                "--sluice.feeds[0].types[0].column=amount",
                "--sluice.feeds[0].types[0].type=number",
                "--sluice.feeds[1].name=events",
                "--sluice.feeds[1].match.key=events/*",
                "--sluice.feeds[1].format=ndjson",
                "--sluice.feeds[2].name=log",
                "--sluice.feeds[2].match.key=log/*",
                "--sluice.feeds[2].format=lines");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void theFirstErrorNamesItsColumn() throws IOException {
        JsonNode error = firstError("orders/1/a", "id,amount\n1,1.5\n2,much\n,3\n");

        assertThat(error.path("column").path("S").asString()).isEqualTo("amount");
        assertThat(error.path("reason").path("S").asString()).isEqualTo("BAD_TYPE");
        assertThat(error.path("line").path("N").asInt()).isEqualTo(3);
        assertThat(error.path("offset").path("N").asInt()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '´', textBlock = """
            orders/1/a | id,amount,name;1,1,\u00ff           | ENCODING         | name
            orders/1/a | id,amount;1\u00ff,1                 | ENCODING         | id
            orders/1/a | id,amount,name;1,"1","\u00ff, a","" | ENCODING         | name
            orders/1/a | id,amount;1,1,\u00ff                | ENCODING         |
            orders/1/a | id;KEY                              | KEY_TOO_LONG     | id
            log/a      | a\u00ff                             | ENCODING         | line
            events/a   | {"a":1,"b":{"c":[{"d":1,"d":2}]}}   | DUPLICATE_COLUMN | b
            events/a   | {"a":1,"a":2}                       | DUPLICATE_COLUMN | a
            """)
    void theColumnIsThereWhereverItIsKnown(String key, String object, String reason, @Nullable String column)
            throws IOException {
        JsonNode error = firstError(key, object.replace(';', '\n').replace("KEY", "k".repeat(1025)));

        assertThat(error.path("reason").path("S").asString()).isEqualTo(reason);
        assertThat(error.path("column").path("S").asString()).isEqualTo(column == null ? "" : column);
    }

    @Test
    void aHeaderThatNamesWhatTheKeyGivesFailsTheObject() throws IOException {
        ObjectOutcome outcome = cloud.read("orders/1/a", Content.of("id,day\n1,2\n3,4\n".getBytes(UTF_8)))
                .outcome();

        assertThat(outcome.state()).isEqualTo(ObjectState.FAILED);
        assertThat(outcome.reason()).isEqualTo("duplicate-column");
        assertThat(outcome.records()).isOne();
        assertThat(outcome.rejects()).isOne();
    }

    /** JSON can write it, but no item and no file can hold it. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"\\ud800\":1}", "{\"\\udc00\":{\"a\":1,\"a\":2}}"})
    void ofAColumnWithHalfASurrogatePairTheRestIsThere(String record) throws IOException {
        JsonNode error = firstError("events/a", record);

        assertThat(error.path("column").path("S").asString()).isEqualTo("\ufffd");
    }

    private static JsonNode firstError(String key, String object) throws IOException {
        cloud.report(key, Content.of(object.getBytes(ISO_8859_1)));
        return cloud.item(key).path("firstError").path("M");
    }
}
