package dev.sluice.feed;

import dev.sluice.format.Format;
import dev.sluice.format.FormatOptionException;
import dev.sluice.format.FormatOptions;
import dev.sluice.setting.SettingException;
import java.util.Optional;

/** Makes a feed's format of its settings, or says which of them is wrong. */
final class FeedFormat {

    private FeedFormat() {}

    static Format check(String feed, FeedSettings.Entry entry) {
        var options = new FormatOptions(
                entry.format() == null ? "" : entry.format(),
                Optional.ofNullable(entry.delimiter()),
                Optional.ofNullable(entry.quote()),
                Optional.ofNullable(entry.comment()),
                Optional.ofNullable(entry.nullToken()),
                Optional.ofNullable(entry.columns()),
                Optional.ofNullable(entry.newlinesInQuotes()),
                Optional.ofNullable(entry.column()),
                Optional.ofNullable(entry.charset()));
        try {
            return options.format();
        } catch (FormatOptionException e) {
            throw new SettingException("The feed '%s' has %s.".formatted(feed, e.getMessage()));
        }
    }
}
