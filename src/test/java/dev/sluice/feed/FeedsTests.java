package dev.sluice.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.format.Formats;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedsTests {

    private static final Feed ORDERS = feed("orders", "", "orders/{day}/*.csv");
    private static final Feed ELSEWHERE = feed("elsewhere", "other", "invoices/*.csv");
    private static final Feeds FEEDS = new Feeds(List.of(ORDERS, ELSEWHERE));

    @Test
    void anObjectBelongsToTheFeedThatMatchesIt() {
        assertThat(FEEDS.match("any", "orders/2026-01-02/1.csv"))
                .contains(new Feeds.Match(ORDERS, Map.of("day", "2026-01-02")));
        assertThat(FEEDS.match("any", "orders/1.csv")).isEmpty();
    }

    @Test
    void aFeedWithABucketTakesObjectsOfThatBucketOnly() {
        assertThat(FEEDS.match("other", "invoices/1.csv")).contains(new Feeds.Match(ELSEWHERE, Map.of()));
        assertThat(FEEDS.match("any", "invoices/1.csv")).isEmpty();
    }

    @Test
    void feedsKeepTheirOrderAndAreFoundByName() {
        assertThat(FEEDS.all()).containsExactly(ORDERS, ELSEWHERE);
        assertThat(FEEDS.named("orders")).contains(ORDERS);
        assertThat(FEEDS.named("Orders")).isEmpty();
    }

    @Test
    void anUploadLandsInTheFeedsFolder() {
        assertThat(ELSEWHERE.keyFor("1.csv")).isEqualTo("invoices/1.csv");
        assertThat(ORDERS.keyFor("2026-01-02/1.csv")).isEqualTo("orders/2026-01-02/1.csv");
    }

    private static Feed feed(String name, String bucket, String glob) {
        return new Feed(name, bucket, glob, Formats.csv(','), List.of());
    }
}
