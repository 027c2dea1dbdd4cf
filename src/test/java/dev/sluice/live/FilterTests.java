package dev.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FilterTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '´',
            nullValues = "-",
            value = {
                "{\"feed\":\"countries\",\"key\":\"DEU\"} ; countries ; DEU",
                "{\"key\":\"MA|KES\"} ; - ; MA|KES",
                "{\"feed\":\"countries\"} ; countries ; -",
                "{} ; - ; -",
                "{\"action\":\"watch\",\"more\":{\"feed\":5}} ; - ; -"
            })
    void aMessageNamesFeedAndKeyIfItLikes(String message, String feed, String key) {
        assertThat(filter(message)).contains(new Filter(Optional.ofNullable(feed), Optional.ofNullable(key)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "countries",
                "null",
                "5",
                "[]",
                "\"countries\"",
                "{",
                "{\"feed\":\"countries\"} x",
                "{\"feed\":\"countries\"}{}",
                "{\"feed\":5}",
                "{\"feed\":null}",
                "{\"feed\":\"\"}",
                "{\"feed\":[\"countries\"]}",
                "{\"feed\":\"countries\",\"key\":true}",
                "{'feed':'countries'}"
            })
    void anythingElseIsMalformed(String message) {
        assertThat(filter(message)).isEmpty();
    }

    @Test
    void aTextIsNoLongerThanAKeyCanBe() {
        assertThat(filter("{\"key\":\"%s\"}".formatted("k".repeat(1024)))).isPresent();
        assertThat(filter("{\"key\":\"%s\"}".formatted("k".repeat(1025)))).isEmpty();
        assertThat(filter("[".repeat(5_000))).isEmpty();
    }

    private static Optional<Filter> filter(String message) {
        return Filter.of(message, JsonMapper.shared());
    }
}
