package dev.sluice.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.format.Csv;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedsTests {

    private static final Feed SPECIAL = feed("special", "", "orders/vip-*.csv");
    private static final Feed ELSEWHERE = feed("elsewhere", "other", "orders/*.csv");
    private static final Feed GENERAL = feed("general", "", "orders/*.csv");
    private static final Feeds FEEDS = new Feeds(List.of(SPECIAL, ELSEWHERE, GENERAL));

    @Test
    void theFirstFeedThatMatchesTakesTheObject() {
        assertThat(FEEDS.match("any", "orders/vip-1.csv")).contains(SPECIAL);
        assertThat(FEEDS.match("any", "orders/1.csv")).contains(GENERAL);
        assertThat(FEEDS.match("any", "invoices/1.csv")).isEmpty();
    }

    @Test
    void aFeedWithABucketTakesObjectsOfThatBucketOnly() {
        assertThat(FEEDS.match("other", "orders/1.csv")).contains(ELSEWHERE);
        assertThat(FEEDS.match("other", "orders/vip-1.csv")).contains(SPECIAL);
    }

    @Test
    void feedsKeepTheirOrderAndAreFoundByName() {
        assertThat(FEEDS.all()).containsExactly(SPECIAL, ELSEWHERE, GENERAL);
        assertThat(FEEDS.named("general")).contains(GENERAL);
        assertThat(FEEDS.named("General")).isEmpty();
    }

    @Test
    void anUploadLandsInTheFeedsFolder() {
        assertThat(GENERAL.keyFor("1.csv")).isEqualTo("orders/1.csv");
    }

    private static Feed feed(String name, String bucket, String glob) {
        return new Feed(name, bucket, glob, new Csv(','), List.of());
    }
}
