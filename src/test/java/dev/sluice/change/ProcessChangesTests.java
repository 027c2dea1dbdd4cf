package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.change.ChangeEventBatch.Delivery;
import dev.sluice.change.ProcessChanges.UnflushedException;
import dev.sluice.invocation.Invocation;
import dev.sluice.letter.Letters;
import dev.sluice.store.StoreBucket;
import dev.sluice.value.Json;
import java.io.Flushable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Consumer<ChangeEvent>> consumers = new LinkedHashMap<>();

    @Test
    void everyConsumerGetsEveryEventInOrder() {
        consumers.put("first", event -> seen.add("first " + event.key()));
        consumers.put("second", event -> seen.add("second " + event.key()));
        assertThat(process("a", "b")).isEqualTo(ALL_DONE);
        assertThat(seen).containsExactlyInAnyOrder("first a", "second a", "first b", "second b");
    }

    @Test
    void whatCannotBeKeptAsALetterComesAgainFromThatRecord() {
        consumers.put("first", event -> seen.add(event.key()));
        consumers.put("broken", event -> {
            if (event.key().equals("b")) {
                throw new IllegalStateException("broken");
            }
        });
        assertThat(process("a", "b", "c")).isEqualTo(new BatchReply(List.of(new BatchReply.Failure("seq-b"))));
        assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
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
    void aForeignRecordThatCouldNotBeKeptComesAgain() {
        consumers.put("first", event -> seen.add(event.key()));
        var keeping = new ProcessChanges(
                consumers,
                new Claims(process.bean(StoreBucket.class)),
                process.bean(Letters.class),
                new ProcessingSettings(16, 3, 100, ProcessingSettings.Foreign.LETTER));
        var batch = new ChangeEventBatch(List.of(delivery("a"), new Delivery("2", Json.of("foreign"))));
        assertThat(keeping.apply(batch)).isEqualTo(new BatchReply(List.of(new BatchReply.Failure("2"))));
        assertThat(seen).containsExactly("a");
    }

    @Test
    void aFlushableConsumerIsFlushedAfterEachBatchFailedOnesToo() {
        consumers.put("flushed", new Flushed(seen));
        process("a", "b");
        assertThat(seen).hasSize(3).endsWith("flush");
        consumers.put("broken", _ -> {
            throw new IllegalStateException("broken");
        });
        process("c", "d");
        assertThat(seen).hasSize(6).endsWith("flush").contains("c", "d");
    }

    @Test
    void whatCouldNotBeFlushedFailsTheBatchAndTheOthersAreFlushed() {
        consumers.put("unflushed", new Unflushed());
        consumers.put("flushed", new Flushed(seen));
        assertThatExceptionOfType(UnflushedException.class).isThrownBy(() -> process("a"));
        assertThat(seen).containsExactly("a", "flush");
    }

    @Test
    void theEventsOfABatchAreProcessedInOrderAndComeAgainTogether() {
        consumers.put("first", event -> seen.add(event.key()));
        String batch = "[%s,%s,%s]".formatted(text("a"), text("b"), text("c"));
        var record = new ChangeEventBatch(List.of(new Delivery("seq-1", Json.of(batch))));
        assertThat(processChanges().apply(record)).isEqualTo(ALL_DONE);
        assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
        consumers.put("broken", event -> {
            if (event.key().equals("b")) {
                throw new IllegalStateException("broken");
            }
        });
        assertThat(processChanges().apply(record)).isEqualTo(new BatchReply(List.of(new BatchReply.Failure("seq-1"))));
        assertThat(seen).containsExactlyInAnyOrder("a", "b", "c", "a", "b", "c");
    }

    @Test
    void whatWasFlushedIsNotGivenAgainAndWhatWasNotIs() {
        var consumer = new Flushed(seen);
        consumers.put("flushed", consumer);
        ProcessChanges processChanges = processChanges();
        var batch = new ChangeEventBatch(List.of(delivery("a"), delivery("b")));
        consumer.full.set(true);
        assertThatExceptionOfType(UnflushedException.class).isThrownBy(() -> processChanges.apply(batch));
        consumer.full.set(false);
        assertThat(processChanges.apply(batch)).isEqualTo(ALL_DONE);
        assertThat(processChanges.apply(batch)).isEqualTo(ALL_DONE);
        assertThat(seen.stream().filter("a"::equals)).hasSize(2);
    }

    @Test
    void aCallThatEndsLateDoesNotMakeCopiesNewAgain() {
        var later = new ChangeEventBatch(List.of(delivery("a", "2")));
        var processChanges = new AtomicReference<ProcessChanges>();
        consumers.put("first", event -> {
            seen.add(event.sequence());
            if (event.sequence().equals("1")) {
                processChanges.get().apply(later);
            }
        });
        processChanges.set(processChanges());
        processChanges.get().apply(new ChangeEventBatch(List.of(delivery("a"))));
        processChanges.get().apply(later);
        assertThat(seen).containsExactly("1", "2");
    }

    @Test
    void aConsumerThatIsSlowWithOneKeyGetsTheOthersMeanwhileAndOnlySoManyAtOnce() {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var all = new CountDownLatch(16);
        consumers.put("slow", _ -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            all.countDown();
            try {
                assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            inside.decrementAndGet();
        });
        assertThat(process(IntStream.range(0, 40).mapToObj(i -> "k" + i).toArray(String[]::new)))
                .isEqualTo(ALL_DONE);
        assertThat(most).hasValue(16);
    }

    @Test
    void aConsumerThatNeverReturnsIsLeftWhenTheTimeIsOver() throws Exception {
        consumers.put("first", event -> seen.add(event.key()));
        consumers.put("stuck", _ -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        var invocation = new Invocation("stuck", Instant.now().plusSeconds(3));
        assertThat(invocation.call(() -> process("a", "b")).batchItemFailures())
                .containsExactly(new BatchReply.Failure("seq-a"));
        assertThat(seen).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aBatchForOneConsumerTellsWhatItDroppedAndTheOthersDoNotGetIt() {
        consumers.put("first", event -> seen.add("first " + event.key()));
        consumers.put("second", event -> seen.add("second " + event.key()));
        ProcessChanges processChanges = processChanges();
        processChanges.apply(new ChangeEventBatch(List.of(delivery("a"))));
        seen.clear();
        assertThat(processChanges.apply(
                        new ChangeEventBatch(List.of(delivery("a"), delivery("b")), Optional.of("second"))))
                .isEqualTo(new BatchReply(List.of(), Optional.of(1)));
        assertThat(seen).containsExactly("second b");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> processChanges.apply(new ChangeEventBatch(List.of(), Optional.of("secret"))))
                .withMessageNotContaining("secret");
    }

    @Test
    void dataAtAnAddressThatIsNotOursIsNotFetched() {
        int requests = process.requests;
        consumers.put("first", event -> seen.add(event.key()));
        String other = text("a").replaceFirst(",\"data\":.*", ",\"dataref\":\"s3://other/claims/1.json\"}");
        String rejects = other.replace("other/claims", FeedProcess.STORE + "/rejects");
        assertThat(processChanges()
                        .apply(new ChangeEventBatch(
                                List.of(new Delivery("1", Json.of(other)), new Delivery("2", Json.of(rejects))))))
                .isEqualTo(ALL_DONE);
        assertThat(process.requests).isEqualTo(requests);
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
        return new ProcessChanges(
                consumers,
                new Claims(process.bean(StoreBucket.class)),
                process.bean(Letters.class),
                process.bean(ProcessingSettings.class));
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
        return delivery(key, "1");
    }

    private static Delivery delivery(String key, String sequence) {
        var event = new ChangeEvent(
                "id",
                "/s",
                Change.Kind.INSERTED,
                "f",
                key,
                Instant.EPOCH,
                sequence,
                Json.NULL,
                Json.of("{}"),
                false,
                false,
                "");
        return new Delivery("seq-" + key, Json.of(new EventWriter().whole(event)));
    }

    record Flushed(List<String> seen, AtomicBoolean full) implements Consumer<ChangeEvent>, Flushable {

        Flushed(List<String> seen) {
            this(seen, new AtomicBoolean());
        }

        @Override
        public void accept(ChangeEvent event) {
            seen.add(event.key());
        }

        @Override
        public void flush() throws IOException {
            if (full.get()) {
                throw new IOException("full");
            }
            seen.add("flush");
        }
    }

    record Unflushed() implements Consumer<ChangeEvent>, Flushable {

        @Override
        public void accept(ChangeEvent event) {}

        @Override
        public void flush() {
            throw new IllegalStateException("full");
        }
    }
}
