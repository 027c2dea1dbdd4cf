package dev.sluice.web;

import dev.sluice.feed.Feed;
import java.util.List;

/** A feed as the API shows it. */
record FeedView(String name, String bucket, String match, String format, List<String> key) {

    static FeedView of(Feed feed) {
        return new FeedView(
                feed.name(), feed.bucket(), feed.glob(), feed.format().name(), feed.key());
    }
}
