package dev.sluice.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.feed.FeedSettings.Entry;
import dev.sluice.feed.FeedSettings.Match;
import dev.sluice.format.Csv;
import dev.sluice.format.Ndjson;
import dev.sluice.setting.SettingException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedSettingsTests {

    @Test
    void feedsAreTakenAsTheyAreWritten() {
        var match = new Match("bucket", "a/*");
        assertThat(feeds(
                        new Entry("one", match, "csv", ";", List.of("a", "b")),
                        new Entry("two", new Match(null, "b/*"), "ndjson", null, null),
                        new Entry("three", match, "csv", null, null)))
                .containsExactly(
                        new Feed("one", "bucket", "a/*", new Csv(';'), List.of("a", "b")),
                        new Feed("two", "", "b/*", new Ndjson(), List.of()),
                        new Feed("three", "bucket", "a/*", new Csv(','), List.of()));
    }

    @Test
    void noFeedsAreNoMistake() {
        assertThat(new FeedSettings(null).toFeeds().all()).isEmpty();
        assertThat(feeds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "-a", "a_b", "a b", "a/b", "a#b", "é"})
    void aNameHasToBeOne(String name) {
        assertWrong(
                "The feed name '%s' is not allowed: use up to 63 lower-case letters, digits and hyphens, a letter first."
                        .formatted(name),
                new Entry(name, new Match(null, "*"), "csv", null, null));
    }

    @Test
    void aNameHasUpTo63Characters() {
        assertThat(feeds(entry("a".repeat(63)))).hasSize(1);
        assertThatExceptionOfType(SettingException.class).isThrownBy(() -> feeds(entry("a".repeat(64))));
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> feeds(new Entry(null, new Match(null, "*"), "csv", null, null)));
    }

    @Test
    void twoFeedsHaveTwoNames() {
        assertWrong("Two feeds are named 'same': give each its own name.", entry("same"), entry("x"), entry("same"));
    }

    @Test
    void everyFeedSaysWhichObjectsAreIts() {
        String sentence =
                "The feed 'f' has no match.key: give the pattern of its objects' keys, for instance 'f/*.csv'.";
        assertWrong(sentence, new Entry("f", null, "csv", null, null));
        assertWrong(sentence, new Entry("f", new Match("bucket", null), "csv", null, null));
        assertWrong(sentence, new Entry("f", new Match("bucket", " "), "csv", null, null));
    }

    @Test
    void keyColumnsAreDifferentNames() {
        assertWrong(
                "The feed 'f' has the key columns [a, a]: each has to be a name, and none may be there twice.",
                new Entry("f", new Match(null, "*"), "csv", null, List.of("a", "a")));
        assertWrong(
                "The feed 'f' has the key columns [a, ]: each has to be a name, and none may be there twice.",
                new Entry("f", new Match(null, "*"), "csv", null, List.of("a", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                "xml    |    | The feed 'f' has the format 'xml': use csv or ndjson.",
                "CSV    |    | The feed 'f' has the format 'CSV': use csv or ndjson.",
                "       |    | The feed 'f' has the format '': use csv or ndjson.",
                "ndjson | ,  | The feed 'f' has the delimiter ',', but its format ndjson knows none: remove it.",
                "csv    | ;; | The feed 'f' has the delimiter ';;': use one ASCII character that is neither quote nor line break.",
                "csv    | \"  | The feed 'f' has the delimiter '\"': use one ASCII character that is neither quote nor line break.",
                "csv    | §  | The feed 'f' has the delimiter '§': use one ASCII character that is neither quote nor line break.",
                "csv    | ´´ | The feed 'f' has the delimiter '': use one ASCII character that is neither quote nor line break."
            })
    void aFormatIsCsvOrNdjson(@Nullable String format, @Nullable String delimiter, String sentence) {
        assertWrong(sentence, new Entry("f", new Match(null, "*"), format, delimiter, null));
    }

    private static Entry entry(String name) {
        return new Entry(name, new Match(null, "*"), "csv", null, null);
    }

    private static List<Feed> feeds(Entry... entries) {
        return new FeedSettings(List.of(entries)).toFeeds().all();
    }

    private static void assertWrong(String sentence, Entry... entries) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> feeds(entries))
                .withMessage(sentence);
    }
}
