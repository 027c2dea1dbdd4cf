package dev.sluice.web;

import dev.sluice.feed.Feed;
import dev.sluice.format.Csv;
import dev.sluice.format.JsonArray;
import dev.sluice.format.Lines;
import dev.sluice.format.Ndjson;
import java.util.List;

/** A feed as the API shows it. */
record FeedView(String name, String bucket, String match, String format, List<String> key) {

    static FeedView of(Feed feed) {
        String format =
                switch (feed.format()) {
                    case Csv _ -> "csv";
                    case Ndjson _ -> "ndjson";
                    case JsonArray _ -> "json";
                    case Lines _ -> "lines";
                };
        return new FeedView(feed.name(), feed.bucket(), feed.glob(), format, feed.key());
    }
}
