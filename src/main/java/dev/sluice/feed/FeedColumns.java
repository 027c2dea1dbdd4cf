package dev.sluice.feed;

import dev.sluice.setting.SettingException;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks that the columns a feed speaks of can be there at all. */
final class FeedColumns {

    private static final Pattern CAPTURE = Pattern.compile("\\{[A-Za-z][A-Za-z0-9_-]*}");

    private FeedColumns() {}

    static void check(Feed feed) {
        List<String> captures = feed.captures();
        String rest = CAPTURE.matcher(feed.glob()).replaceAll("");
        if (rest.contains("{") || rest.contains("}") || new HashSet<>(captures).size() != captures.size()) {
            throw new SettingException(
                    "The feed '%s' has the match.key '%s': a part in braces is a name of letters, digits, _ and -, a letter first, and no name may be there twice."
                            .formatted(feed.name(), feed.glob()));
        }
        if (!feed.format().columns().isEmpty()) {
            check(feed, feed.format().columns(), captures);
        }
    }

    private static void check(Feed feed, List<String> columns, List<String> captures) {
        columns.stream().filter(captures::contains).findFirst().ifPresent(column -> {
            throw new SettingException(
                    "The feed '%s' has the match.key '%s', but its columns are %s, so that each record would give the column '%s' twice: rename one of them."
                            .formatted(feed.name(), feed.glob(), columns, column));
        });
        spokenOf(feed)
                .filter(column -> !columns.contains(column) && !captures.contains(column))
                .findFirst()
                .ifPresent(column -> {
                    throw new SettingException(
                            "The feed '%s' speaks of the column '%s', but its columns are %s and those of match.key %s."
                                    .formatted(feed.name(), column, columns, captures));
                });
    }

    /** A transform can make the column that tells the newest row. */
    private static Stream<String> spokenOf(Feed feed) {
        Feed.Rules rules = feed.rules();
        Stream<String> newestBy = Stream.of(rules.rows().newestBy())
                .filter(column -> !column.isEmpty() && rules.transform().isEmpty());
        return Stream.of(feed.key().stream(), rules.types().keySet().stream(), newestBy)
                .flatMap(columns -> columns);
    }
}
