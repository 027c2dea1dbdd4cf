package dev.sluice.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.format.Formats;
import dev.sluice.setting.SettingException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Feeds as they are bound from properties, each written as {@code name=value} pairs. */
class FeedSettingsTests {

    @Test
    void feedsAreTakenAsTheyAreWritten() {
        assertThat(feeds(
                        "name=one; match.bucket=own.bucket-1; match.key=a/*; format=csv; delimiter=|; key[0]=a; key[1]=b",
                        "name=two; match.key=b/*; format=ndjson",
                        "name=three; match.key=c/*; format=tsv; quote=none; charset=ISO-8859-1",
                        "name=four; match.key=d/{day}/*; format=json",
                        "name=five; match.key=e/*; format=lines; column=text"))
                .containsExactly(
                        new Feed("one", "own.bucket-1", "a/*", Formats.csv('|'), List.of("a", "b")),
                        new Feed("two", "", "b/*", Formats.ndjson(), List.of()),
                        new Feed("three", "", "c/*", Formats.plainTsv(StandardCharsets.ISO_8859_1), List.of()),
                        new Feed("four", "", "d/{day}/*", Formats.jsonArray(), List.of()),
                        new Feed("five", "", "e/*", Formats.lines("text"), List.of()));
    }

    @Test
    void rulesAreTakenAsTheyAreWritten() {
        Feed feed = feed("types[0].column=unit_price; types[0].type=number; transform=tidy; rejects.limit=2.5%;"
                + " max-record-bytes=4KB; max-object-bytes=1000");

        assertThat(feed.rules())
                .isEqualTo(new Feed.Rules(
                        Map.of("unit_price", ColumnType.NUMBER),
                        "tidy",
                        new RejectPolicy(Long.MAX_VALUE, new BigDecimal("0.025")),
                        4096,
                        1000,
                        Long.MAX_VALUE,
                        RowPolicy.USUAL));
        assertThat(feed("rejects.limit=7").rules().rejects()).isEqualTo(new RejectPolicy(7, BigDecimal.ONE));
        assertThat(feed("rejects.policy=fail").rules().rejects()).isEqualTo(RejectPolicy.FAIL);
        assertThat(feed("rejects.policy=quarantine").rules()).isEqualTo(Feed.Rules.USUAL);
    }

    @Test
    void partsAreTakenAsTheyAreWritten() {
        assertThat(List.of(
                        feed("split=1KB; newlines-in-quotes=false"),
                        feed("split=1KB; quote=none; key[0]=a; unique=true"),
                        feed("split=1KB; newlines-in-quotes=false; key[0]=a; overwrite=row")))
                .extracting(feed -> feed.rules().splitBytes())
                .containsOnly(1024L);
        assertThat(feeds("name=one; match.key=a/*; format=ndjson; split=1MB")
                        .getFirst()
                        .rules()
                        .splitBytes())
                .isEqualTo(1 << 20);
        assertThat(feed("newlines-in-quotes=false").format()).isEqualTo(Formats.csvWithoutNewlinesInQuotes());
        assertThat(feed("newlines-in-quotes=true").format()).isEqualTo(Formats.csv(','));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        format=csv; split=1KB                                  | The feed 'one' has split 1024B, but not every line break of its format csv ends a record: use ndjson or lines, or csv or tsv with newlines-in-quotes: false if no quotes hold any, or remove split.
        format=json; split=1KB                                 | The feed 'one' has split 1024B, but not every line break of its format json ends a record: use ndjson or lines, or csv or tsv with newlines-in-quotes: false if no quotes hold any, or remove split.
        format=ndjson; split=1KB; key[0]=a                     | The feed 'one' has split 1024B, but of records with the same key the last one counts: set overwrite: row, or unique: true if no key is twice in an object, or remove split.
        format=ndjson; split=1KB; key[0]=a; overwrite=object   | The feed 'one' has split 1024B, but of records with the same key the last one counts: set overwrite: row, or unique: true if no key is twice in an object, or remove split.
        format=ndjson; unique=true                             | The feed 'one' has unique: true, which only split looks at: set that, or remove it.
        format=ndjson; split=1023B                             | The setting split of the feed 'one' is 1023: use a number from 1024 to 9223372036854775807.
        format=ndjson; newlines-in-quotes=false                | The feed 'one' has the newlines-in-quotes 'false', but its format ndjson knows none: remove it.
        """)
    void partsThatCannotBeAreRefused(String settings, String sentence) {
        assertWrong(sentence, "name=one; match.key=a/*; " + settings);
    }

    @Test
    void rowPoliciesAreTakenAsTheyAreWritten() {
        assertThat(feed("overwrite=object").rules()).isEqualTo(Feed.Rules.USUAL);
        assertThat(feed("overwrite=row").rules().rows()).isEqualTo(new RowPolicy(true, "", false, false));
        assertThat(feed("mode=snapshot; on-delete=remove").rules().rows())
                .isEqualTo(new RowPolicy(false, "", true, true));
        assertThat(feed("mode=upsert; on-delete=keep").rules()).isEqualTo(Feed.Rules.USUAL);
        assertThat(feed("columns[0]=a; overwrite=row; newest-by=made; transform=makes")
                        .rules()
                        .rows())
                .isEqualTo(new RowPolicy(true, "made", false, false));
    }

    /** As command line arguments in front of the packaged application.yml. */
    @Test
    void aListIsTakenWholeFromTheFirstSourceThatHasOne() {
        var first = new MapConfigurationPropertySource(Map.of(
                "sluice.feeds[0].name", "mine", "sluice.feeds[0].match.key", "a", "sluice.feeds[0].format", "csv"));
        var second = new MapConfigurationPropertySource(Map.of(
                "sluice.feeds[0].key[0]", "x", "sluice.feeds[1].name", "other", "sluice.feeds[1].format", "csv"));

        assertThat(FeedSettings.bind(
                                List.of(new MapConfigurationPropertySource(Map.of("a", "b")), first, second),
                                PlaceholdersResolver.NONE)
                        .toFeeds()
                        .all())
                .containsExactly(new Feed("mine", "", "a", Formats.csv(','), List.of()));
    }

    @Test
    void noFeedsAreNoMistake() {
        assertThat(feeds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "-a", "a_b", "a b", "a/b", "a#b", "é"})
    void aNameHasToBeOne(String name) {
        assertWrong(
                "The feed name '%s' is not allowed: use up to 63 lower-case letters, digits and hyphens, a letter first."
                        .formatted(name),
                "name=" + name + "; match.key=*; format=csv");
    }

    @Test
    void aNameHasUpTo63Characters() {
        assertThat(feeds("name=" + "a".repeat(63) + "; match.key=*; format=csv"))
                .hasSize(1);
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> feeds("name=" + "a".repeat(64) + "; match.key=*; format=csv"));
    }

    @Test
    void twoFeedsHaveTwoNames() {
        assertWrong(
                "Two feeds are named 'same': give each its own name.",
                "name=same; match.key=a; format=csv",
                "name=same; match.key=b; format=csv");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a/*            | a/b.csv        | a/b.csv
                    a/**           | **/x.csv       | a/x.csv
                    *.csv          | x*             | x.csv
                    {day}/*.csv    | a?/**          | ax/.csv
                    a/*/c          | a/b/*          | a/b/c
                    """)
    void twoFeedsDoNotShareAKey(String first, String second, String key) {
        assertWrong(
                "The feeds 'f' and 'g' both match the key '%s': change match.key of one of them.".formatted(key),
                "name=f; match.key=%s; format=csv".formatted(first),
                "name=g; match.key=%s; format=csv".formatted(second));
    }

    @ParameterizedTest
    @CsvSource({"a/*, b/*", "a/*.csv, a/*.json", "*, a/b", "a/?, a/bc", "{x}.csv, .csv", "a/*, a/b/c"})
    void feedsThatShareNoKeyGoTogether(String first, String second) {
        assertThat(feeds(
                        "name=f; match.key=%s; format=csv".formatted(first),
                        "name=g; match.key=%s; format=csv".formatted(second)))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{day}/{day}/*", "{1day}/*", "{day/*", "{a.b}/x", "a}/x"})
    void bracesAreNames(String key) {
        assertWrong(
                "The feed 'f' has the match.key '%s': a part in braces is a name of letters, digits, _ and -, a letter first, and no name may be there twice."
                        .formatted(key),
                "name=f; match.key=%s; format=csv".formatted(key));
    }

    @Test
    void theSameKeyInAnotherBucketIsAnotherObject() {
        assertThat(feeds(
                        "name=f; match.key=*; match.bucket=one; format=csv",
                        "name=g; match.key=*; match.bucket=two; format=csv"))
                .hasSize(2);
    }

    @Test
    void everyFeedSaysWhichObjectsAreIts() {
        String sentence =
                "The feed 'f' has no match.key: give the pattern of its objects' keys, for instance 'f/*.csv'.";
        assertWrong(sentence, "name=f; format=csv");
        assertWrong(sentence, "name=f; match.bucket=one; format=csv");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '´', textBlock = """
                    format=xml                    | The feed 'f' has the format 'xml': use csv, tsv, ndjson, json or lines.
                    format=CSV                    | The feed 'f' has the format 'CSV': use csv, tsv, ndjson, json or lines.
                    format=ndjson; delimiter=,    | The feed 'f' has the delimiter ',', but its format ndjson knows none: remove it.
                    format=json; columns[0]=a     | The feed 'f' has the columns '[a]', but its format json knows none: remove it.
                    format=csv; column=a          | The feed 'f' has the column 'a', but its format csv knows none: remove it.
                    format=csv; delimiter=::      | The feed 'f' has the delimiter '::': use one ASCII character that is no line break.
                    format=csv; delimiter=§       | The feed 'f' has the delimiter '§': use one ASCII character that is no line break.
                    format=csv; comment=##        | The feed 'f' has the comment '##': use one ASCII character that is no line break.
                    format=csv; quote=,           | The feed 'f' has options that its format csv does not take: delimiter, quote and comment have to differ, and two of them are ','.
                    format=csv; columns[0]=a; columns[1]=a | The feed 'f' has options that its format csv does not take: each of the columns [a, a] has to have a name of its own.
                    format=csv; null-token=a,b    | The feed 'f' has options that its format csv does not take: no field can be the null-token 'a,b', since it holds a delimiter or line break, or begins with a quote.
                    format=csv; null-token="      | The feed 'f' has options that its format csv does not take: no field can be the null-token '"', since it holds a delimiter or line break, or begins with a quote.
                    format=csv; charset=klingon   | The feed 'f' has the charset 'klingon', which Java does not know: use for instance UTF-8.
                    key[0]=a; key[1]=a            | The feed 'f' has the key columns [a, a]: each has to be a name, and none may be there twice.
                    types[0].column=a; types[0].type=money | The feed 'f' has the type 'money' for the column 'a': use string, number, boolean, timestamp or json.
                    types[0].type=number          | The feed 'f' has a type for the column '', which is no name or has one already.
                    rejects.policy=ignore         | The feed 'f' has rejects.policy 'ignore': use quarantine or fail.
                    rejects.limit=many            | The feed 'f' has rejects.limit 'many': use a count as 100, or a share as 5%.
                    rejects.limit=101%            | The feed 'f' has rejects.limit '101%': use a count as 100, or a share as 5%.
                    rejects.policy=fail; rejects.limit=1 | The feed 'f' has rejects.limit '1', but with the policy fail the first reject is too many: remove it.
                    delimeter=,                   | The feed 'f' has the delimeter ',', which is not known: docs/reading.md names the settings that are.
                    types[0].colum=a              | The feed 'f' has the types[0].colum 'a', which is not known: docs/reading.md names the settings that are.
                    max-record-bytes=some         | The feed 'f' has the max-record-bytes 'some', which cannot be read: docs/reading.md says what it takes.
                    columns[0]=a; key[0]=b        | The feed 'f' speaks of the column 'b', but its columns are [a] and those of match.key [].
                    format=lines; types[0].column=b; types[0].type=number | The feed 'f' speaks of the column 'b', but its columns are [line] and those of match.key [].
                    match.key=x/{day}/*; columns[0]=day; columns[1]=id | The feed 'f' has the match.key 'x/{day}/*', but its columns are [day, id], so that each record would give the column 'day' twice: rename one of them.
                    match.key=x/{line}; format=lines | The feed 'f' has the match.key 'x/{line}', but its columns are [line], so that each record would give the column 'line' twice: rename one of them.
                    overwrite=newest              | The feed 'f' has overwrite 'newest': use object or row.
                    overwrite=row; newest-by=     | The feed 'f' has an empty newest-by: give a column, or remove it.
                    newest-by=at                  | The feed 'f' has newest-by 'at', which only overwrite: row looks at: set that, or remove it.
                    overwrite=object; newest-by=a | The feed 'f' has newest-by 'a', which only overwrite: row looks at: set that, or remove it.
                    columns[0]=a; overwrite=row; newest-by=b | The feed 'f' speaks of the column 'b', but its columns are [a] and those of match.key [].
                    mode=full                     | The feed 'f' has mode 'full': use upsert or snapshot.
                    on-delete=drop                | The feed 'f' has on-delete 'drop': use keep or remove.
                    mode=snapshot; overwrite=row  | The feed 'f' has mode: snapshot and overwrite: row, but a snapshot is the truth whatever rows are newer: use one of them.
                    max-record-bytes=1            | The setting max-record-bytes of the feed 'f' is 1: use a number from 4096 to 16777216.
                    max-object-bytes=0            | The setting max-object-bytes of the feed 'f' is 0: use a number from 1 to 9223372036854775807.
                    """)
    void aWrongSettingIsNamed(String settings, String sentence) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> feed(settings))
                .withMessage(sentence);
    }

    @Test
    void aFeedWithoutANameIsNamedByItsPlace() {
        assertWrong(
                "The setting sluice.feeds[0].nam is 'f', which is not known: docs/reading.md names the settings that are.",
                "nam=f; match.key=*; format=csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "s3://files", "files/orders", "a b"})
    void aBucketHasABucketsName(String bucket) {
        assertWrong(
                "The feed 'f' has the match.bucket '%s': use a bucket's name, of 3 or more letters, digits, dots and hyphens, or leave it out for any."
                        .formatted(bucket),
                "name=f; match.key=*; format=csv; match.bucket=" + bucket);
    }

    private static Feed feed(String settings) {
        String format = settings.contains("format=") ? "" : "; format=csv";
        return feeds("name=f; match.key=*" + format + "; " + settings).getFirst();
    }

    private static List<Feed> feeds(String... feeds) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < feeds.length; i++) {
            for (String pair : feeds[i].split("; ?", -1)) {
                int equals = pair.indexOf('=');
                properties.put(
                        "sluice.feeds[%d].%s".formatted(i, pair.substring(0, equals)), pair.substring(equals + 1));
            }
        }
        return FeedSettings.bind(List.of(new MapConfigurationPropertySource(properties)), PlaceholdersResolver.NONE)
                .toFeeds()
                .all();
    }

    private static void assertWrong(String sentence, String... feeds) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> feeds(feeds))
                .withMessage(sentence);
    }
}
