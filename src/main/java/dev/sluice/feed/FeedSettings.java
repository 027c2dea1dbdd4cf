package dev.sluice.feed;

import dev.sluice.format.Format;
import dev.sluice.setting.SettingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.util.unit.DataSize;

/** {@code sluice.feeds}: checked as a whole at start. */
record FeedSettings(List<Entry> feeds) {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("sluice.feeds");

    /** One feed as it is written in the settings; see docs/reading.md. */
    record Entry(
            @Nullable String name,
            @Nullable Match match,
            @Nullable String format,
            @Nullable String delimiter,
            @Nullable String quote,
            @Nullable String comment,
            @Nullable String nullToken,
            @Nullable List<String> columns,
            @Nullable String column,
            @Nullable String charset,
            @Nullable List<String> key,
            @Nullable List<Column> types,
            @Nullable String transform,
            @Nullable Rejects rejects,
            @Nullable DataSize maxRecordBytes,
            @Nullable DataSize maxObjectBytes,
            @Nullable String overwrite,
            @Nullable String newestBy,
            @Nullable String mode,
            @Nullable String onDelete,
            @Nullable Boolean newlinesInQuotes,
            @Nullable DataSize split,
            @Nullable Boolean unique) {}

    /** A list and no map: of a map's keys Boot would take some characters away. */
    record Column(@Nullable String column, @Nullable String type) {}

    record Rejects(@Nullable String policy, @Nullable String limit) {}

    record Match(@Nullable String bucket, @Nullable String key) {}

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /** Amazon S3 User Guide, "General purpose bucket naming rules"; wide enough for those of us-east-1 from before 2018. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9._-]{3,255}");

    /**
     * Binds them strictly: a misspelt setting would else be one that is not there. A list is taken whole from the first
     * source that has one, so only that source is looked at.
     */
    static FeedSettings bind(Iterable<ConfigurationPropertySource> sources, PlaceholdersResolver placeholders) {
        List<ConfigurationPropertySource> first = StreamSupport.stream(sources.spliterator(), false)
                .filter(source -> source.containsDescendantOf(PREFIX) == ConfigurationPropertyState.PRESENT)
                .limit(1)
                .toList();
        try {
            return new FeedSettings(new Binder(first, placeholders)
                    .bind(PREFIX, Bindable.listOf(Entry.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                    .orElse(List.of()));
        } catch (BindException e) {
            throw new SettingException(sentence(e, first));
        }
    }

    private static String sentence(BindException e, List<ConfigurationPropertySource> sources) {
        if (e.getCause() instanceof UnboundConfigurationPropertiesException unknown) {
            ConfigurationProperty first =
                    unknown.getUnboundProperties().iterator().next();
            return "%s, which is not known: docs/reading.md names the settings that are."
                    .formatted(subject(first, sources));
        }
        ConfigurationProperty property = e.getProperty();
        return property == null
                ? "The setting %s cannot be read.".formatted(e.getName())
                : "%s, which cannot be read: docs/reading.md says what it takes.".formatted(subject(property, sources));
    }

    /** By its feed's name, if it has one: few people count feeds. */
    private static String subject(ConfigurationProperty property, List<ConfigurationPropertySource> sources) {
        ConfigurationPropertyName setting = property.getName();
        int feed = PREFIX.getNumberOfElements() + 1;
        ConfigurationPropertyName name = setting.chop(feed).append("name");
        return sources.stream()
                .flatMap(source -> Stream.ofNullable(source.getConfigurationProperty(name)))
                .filter(_ -> setting.getNumberOfElements() > feed)
                .map(named -> "The feed '%s' has the %s '%s'"
                        .formatted(named.getValue(), setting.subName(feed), property.getValue()))
                .findFirst()
                .orElseGet(() -> "The setting %s is '%s'".formatted(setting, property.getValue()));
    }

    Feeds toFeeds() {
        var checked = new ArrayList<Feed>();
        for (Entry entry : feeds) {
            Feed feed = check(entry);
            checked.forEach(earlier -> checkApart(earlier, feed));
            checked.add(feed);
        }
        return new Feeds(checked);
    }

    private static void checkApart(Feed earlier, Feed feed) {
        if (feed.name().equals(earlier.name())) {
            throw new SettingException("Two feeds are named '%s': give each its own name.".formatted(feed.name()));
        }
        boolean sameBuckets = earlier.bucket().isEmpty()
                || feed.bucket().isEmpty()
                || earlier.bucket().equals(feed.bucket());
        Overlap.of(KeyGlob.of(earlier.glob()), KeyGlob.of(feed.glob()))
                .filter(_ -> sameBuckets)
                .ifPresent(key -> {
                    throw new SettingException(
                            "The feeds '%s' and '%s' both match the key '%s': change match.key of one of them."
                                    .formatted(earlier.name(), feed.name(), key));
                });
    }

    private static Feed check(Entry entry) {
        String name = entry.name() == null ? "" : entry.name();
        if (!NAME.matcher(name).matches()) {
            throw new SettingException(
                    "The feed name '%s' is not allowed: use up to 63 lower-case letters, digits and hyphens, a letter first."
                            .formatted(name));
        }
        Match match = entry.match();
        if (match == null || match.key() == null || match.key().isBlank()) {
            throw new SettingException(
                    "The feed '%s' has no match.key: give the pattern of its objects' keys, for instance '%s/*.csv'."
                            .formatted(name, name));
        }
        List<String> key = entry.key() == null ? List.of() : entry.key();
        if (key.stream().anyMatch(String::isBlank) || new HashSet<>(key).size() != key.size()) {
            throw new SettingException(
                    "The feed '%s' has the key columns %s: each has to be a name, and none may be there twice."
                            .formatted(name, key));
        }
        String bucket = match.bucket() == null ? "" : match.bucket();
        if (!bucket.isEmpty() && !BUCKET.matcher(bucket).matches()) {
            throw new SettingException(
                    "The feed '%s' has the match.bucket '%s': use a bucket's name, of 3 or more letters, digits, dots and hyphens, or leave it out for any."
                            .formatted(name, bucket));
        }
        Format format = FeedFormat.check(name, entry);
        var feed = new Feed(name, bucket, match.key(), format, key, FeedRules.check(name, entry, format));
        FeedColumns.check(feed);
        return feed;
    }
}
