package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.AwsClients;
import dev.sluice.object.ReadingCloud.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writes of the ledger that meet a transaction. DynamoDB Local, which does one after the other, has none; here they are
 * answered as AWS does.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">Amazon DynamoDB
 *     Transactions: How it works, "Transaction conflict handling"</a>
 */
class LedgerMeetingTests {

    private static final Content OBJECT = Content.of("text\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII));

    private static final String[] FEEDS = {
        "--sluice.feeds[0].name=whole",
        "--sluice.feeds[0].match.key=whole/*",
        "--sluice.feeds[0].format=lines",
        "--sluice.feeds[1].name=parts",
        "--sluice.feeds[1].match.key=parts/*",
        "--sluice.feeds[1].format=lines",
        "--sluice.feeds[1].split=1KB"
    };

    @SuppressWarnings("NullAway.Init")
    private ReadingCloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new ReadingCloud(List.of(), FEEDS);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "parts"})
    void eachIsTriedAgain(String feed) {
        String key = feed + "/a";
        var writes = new AtomicInteger();
        cloud.meet(number -> {
            writes.set(number);
            return number % 2 == 0;
        });

        assertThat(cloud.report(key, OBJECT).unread()).isEmpty();
        readToTheEnd();

        assertThat(cloud.item(key).path("state").path("S").asString()).isEqualTo("done");
        assertThat(counts(feed)).isEqualTo(Map.of(ObjectState.DONE, 1L));
        // It was read already, so that the lease is only taken and given back: four tries.
        int before = writes.get();
        assertThat(cloud.report(key).unread()).isEmpty();
        assertThat(writes.get()).isEqualTo(before + 4);
        assertThat(cloud.item(key).has(LedgerItem.LEASE_UNTIL)).isFalse();
    }

    @Test
    void oneThatMeetsOthersForTheTimeOfACallFails() {
        cloud.deploy(Stream.concat(Stream.of(FEEDS), Stream.of("--sluice.aws.call-timeout=1s"))
                .toArray(String[]::new));
        cloud.meet(_ -> true);

        assertThat(cloud.report("whole/a", OBJECT).unread()).containsExactly(new ObjectNotice("files", "whole/a"));

        cloud.deploy(FEEDS);
        cloud.meet(_ -> false);
        assertThat(counts("whole")).isEmpty();
        assertThat(cloud.report("whole/a").unread()).isEmpty();
        assertThat(counts("whole")).isEqualTo(Map.of(ObjectState.DONE, 1L));
    }

    /** Those that are not zero. */
    private Map<ObjectState, Long> counts(String feed) {
        Map<ObjectState, Long> counts = cloud.with(
                AwsClients.class, aws -> new Tallies(aws, new LedgerSettings("ledger")).of(feed, Instant.now()));
        var some = new EnumMap<>(counts);
        some.values().removeIf(count -> count == 0);
        return some;
    }

    private void readToTheEnd() {
        while (!cloud.isQueueEmpty()) {
            assertThat(cloud.readNext()).isTrue();
        }
    }
}
