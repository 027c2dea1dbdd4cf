package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.change.ChangeEventBatch.Delivery;
import dev.sluice.letter.Letters;
import dev.sluice.store.StoreBucket;
import dev.sluice.value.Json;
import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProcessChangesTests {

    private static final BatchReply ALL_DONE = new BatchReply(List.of());

    /** Its store bucket does not answer. */
    @SuppressWarnings("NullAway.Init")
    private static FeedProcess process;

    @BeforeAll
    static void start() {
        process = FeedProcess.start(URI.create("http://127.0.0.1:1"), "--sluice.aws.call-timeout=300ms");
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    private final List<String> seen = new ArrayList<>();
    private final Map<String, Consumer<ChangeEvent>> consumers = new LinkedHashMap<>();

    @Test
    void everyConsumerGetsEveryEventInOrder() {
        consumers.put("first", event -> seen.add("first " + event.key()));
        consumers.put("second", event -> seen.add("second " + event.key()));
        assertThat(process("a", "b")).isEqualTo(ALL_DONE);
        assertThat(seen).containsExactly("first a", "second a", "first b", "second b");
    }

    @Test
    void aConsumerThatThrowsGetsTheBatchAgainFromThatRecord() {
        consumers.put("first", event -> seen.add(event.key()));
        consumers.put("broken", event -> {
            if (event.key().equals("b")) {
                throw new IllegalStateException("broken");
            }
        });
        assertThat(process("a", "b", "c")).isEqualTo(new BatchReply(List.of(new BatchReply.Failure("seq-b"))));
        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void aForeignRecordIsPassedOver() {
        consumers.put("first", event -> seen.add(event.key()));
        var batch = new ChangeEventBatch(
                List.of(new Delivery("1", Json.of("foreign")), delivery("a"), new Delivery("3", Json.of("{}"))));
        assertThat(processChanges().apply(batch)).isEqualTo(ALL_DONE);
        assertThat(seen).containsExactly("a");
    }

    @Test
    void aFlushableConsumerIsFlushedAfterEachBatchFailedOnesToo() {
        consumers.put("flushed", new Flushed(seen));
        process("a", "b");
        consumers.put("broken", _ -> {
            throw new IllegalStateException("broken");
        });
        process("c", "d");
        assertThat(seen).containsExactly("a", "b", "flush", "c", "flush");
    }

    @Test
    void whatCouldNotBeFlushedFailsTheBatch() {
        consumers.put("unflushed", new Unflushed());
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> process("a"));
    }

    @Test
    void theEventsOfABatchAreProcessedInOrderAndComeAgainTogether() {
        consumers.put("first", event -> seen.add(event.key()));
        String batch = "[%s,%s,%s]".formatted(text("a"), text("b"), text("c"));
        var record = new ChangeEventBatch(List.of(new Delivery("seq-1", Json.of(batch))));
        assertThat(processChanges().apply(record)).isEqualTo(ALL_DONE);
        assertThat(seen).containsExactly("a", "b", "c");
        consumers.put("broken", event -> {
            if (event.key().equals("b")) {
                throw new IllegalStateException("broken");
            }
        });
        assertThat(processChanges().apply(record)).isEqualTo(new BatchReply(List.of(new BatchReply.Failure("seq-1"))));
        assertThat(seen).containsExactly("a", "b", "c", "a", "b");
    }

    @Test
    void dataAtAnAddressThatIsNotOursIsNotFetched() {
        consumers.put("first", event -> seen.add(event.key()));
        String other = text("a").replaceFirst(",\"data\":.*", ",\"dataref\":\"s3://other/claims/1.json\"}");
        String rejects = other.replace("other/claims", FeedProcess.STORE + "/rejects");
        assertThat(processChanges()
                        .apply(new ChangeEventBatch(
                                List.of(new Delivery("1", Json.of(other)), new Delivery("2", Json.of(rejects))))))
                .isEqualTo(ALL_DONE);
        assertThat(process.requests).isZero();
        assertThat(seen).isEmpty();
    }

    @Test
    void dataThatCannotBeFetchedNowIsAskedForAgain() {
        consumers.put("first", event -> seen.add(event.key()));
        String claimed = text("a")
                .replaceFirst(",\"data\":.*", ",\"dataref\":\"s3://" + FeedProcess.STORE + "/claims/1.json\"}");
        assertThat(processChanges()
                        .apply(new ChangeEventBatch(List.of(delivery("b"), new Delivery("2", Json.of(claimed))))))
                .isEqualTo(new BatchReply(List.of(new BatchReply.Failure("2"))));
        assertThat(seen).containsExactly("b");
    }

    private ProcessChanges processChanges() {
        return new ProcessChanges(consumers, new Claims(process.bean(StoreBucket.class)), process.bean(Letters.class));
    }

    private static String text(String key) {
        return new String(delivery(key).event().utf8(), StandardCharsets.UTF_8);
    }

    private BatchReply process(String... keys) {
        return processChanges()
                .apply(new ChangeEventBatch(
                        Arrays.stream(keys).map(ProcessChangesTests::delivery).toList()));
    }

    private static Delivery delivery(String key) {
        var event = new ChangeEvent(
                "id",
                "/s",
                Change.Kind.INSERTED,
                "f",
                key,
                Instant.EPOCH,
                "1",
                Json.NULL,
                Json.of("{}"),
                false,
                false,
                "");
        return new Delivery("seq-" + key, Json.of(new EventWriter().whole(event)));
    }

    record Flushed(List<String> seen) implements Consumer<ChangeEvent>, Flushable {

        @Override
        public void accept(ChangeEvent event) {
            seen.add(event.key());
        }

        @Override
        public void flush() {
            seen.add("flush");
        }
    }

    record Unflushed() implements Consumer<ChangeEvent>, Flushable {

        @Override
        public void accept(ChangeEvent event) {}

        @Override
        public void flush() throws IOException {
            throw new IOException("full");
        }
    }
}
