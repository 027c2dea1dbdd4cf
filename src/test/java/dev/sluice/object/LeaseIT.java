package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.invocation.Invocation;
import dev.sluice.local.LocalCloud;
import dev.sluice.local.LocalResources;
import dev.sluice.row.RowKey;
import dev.sluice.row.RowTable;
import dev.sluice.value.Value;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** Two readers of one key. */
class LeaseIT {

    /** More than the writers have in flight while the first reader pauses. */
    private static final int ROWS = 2_000;

    @SuppressWarnings("NullAway.Init")
    private static LocalCloud cloud;

    @SuppressWarnings("NullAway.Init")
    private static LocalResources resources;

    @SuppressWarnings("NullAway.Init")
    private static ReaderProcess first;

    @SuppressWarnings("NullAway.Init")
    private static ReaderProcess second;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.shared();
        cloud.useInThisJvm();
        resources = LocalResources.create(cloud, "lease");
        String[] settings = Stream.concat(
                        resources.settings(cloud).entrySet().stream()
                                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue()),
                        Stream.of(
                                "--sluice.aws.call-timeout=2s",
                                "--sluice.reading.lease=5s",
                                "--sluice.rows.writers=1",
                                "--sluice.feeds[0].name=rows",
                                "--sluice.feeds[0].match.key=rows/*",
                                "--sluice.feeds[0].format=csv",
                                "--sluice.feeds[0].key=id",
                                "--sluice.feeds[1].name=parts",
                                "--sluice.feeds[1].match.key=parts/*",
                                "--sluice.feeds[1].format=csv",
                                "--sluice.feeds[1].key=id",
                                "--sluice.feeds[1].unique=true",
                                "--sluice.feeds[1].newlines-in-quotes=false",
                                "--sluice.feeds[1].split=4KB"))
                .toArray(String[]::new);
        first = new ReaderProcess(settings);
        second = new ReaderProcess(settings);
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    void aReaderThatPausedPastItsLeaseWritesNothingMore() throws Exception {
        var notice = new ObjectNotice(resources.bucket(), "rows/a.csv");
        put(notice, "old");
        var paused = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        first.afterBatch(() -> {
            paused.countDown();
            reached(goOn);
        });
        var oldRead = CompletableFuture.supplyAsync(() -> read(first, notice));
        reached(paused);
        put(notice, "new");

        awaitState(second, notice, ObjectState.WAITING);
        awaitState(second, notice, ObjectState.DONE);
        goOn.countDown();

        assertThat(oldRead.get(2, TimeUnit.MINUTES).unread()).containsExactly(notice);
        for (int i = 0; i < ROWS; i += 100) {
            assertThat(second.bean(RowTable.class)
                            .find(new RowKey("rows", Integer.toString(i)))
                            .orElseThrow()
                            .data())
                    .containsEntry("text", new Value.Text("new"));
        }
        assertThat(entry(notice).state()).isEqualTo(ObjectState.DONE);
        awaitState(first, notice, ObjectState.DONE);
    }

    @Test
    void aNewerVersionWaitsForWhoeverReadsAPart() throws Exception {
        var notice = new ObjectNotice(resources.bucket(), "parts/a.csv");
        put(notice, "old");
        awaitState(first, notice, ObjectState.READING);
        var paused = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        first.afterBatch(() -> {
            paused.countDown();
            reached(goOn);
        });
        var oldRead = CompletableFuture.supplyAsync(() -> read(first, part(notice, 1)));
        reached(paused);
        put(notice, "new");

        awaitState(second, notice, ObjectState.WAITING);
        assertThat(entry(notice).state()).isEqualTo(ObjectState.WAITING);
        awaitState(second, part(notice, 2), ObjectState.SUPERSEDED);
        goOn.countDown();
        assertThat(oldRead.get(2, TimeUnit.MINUTES).unread()).isEmpty();
        awaitState(second, notice, ObjectState.READING);
        int parts = entry(notice).split().orElseThrow().parts(entry(notice).bytes());
        for (int number = 0; number < parts; number++) {
            awaitState(second, part(notice, number), ObjectState.DONE);
        }

        awaitState(second, notice, ObjectState.DONE);
        assertThat(entry(notice).counts().rows()).isEqualTo(ROWS);
        for (int i = 0; i < ROWS; i++) {
            assertThat(second.bean(RowTable.class)
                            .find(new RowKey("parts", Integer.toString(i)))
                            .orElseThrow()
                            .data())
                    .containsEntry("text", new Value.Text("new"));
        }
    }

    @Test
    void whoPausedInAPartPastItsLeaseWritesNothingMore() throws Exception {
        var notice = new ObjectNotice(resources.bucket(), "parts/b.csv");
        put(notice, "old");
        awaitState(first, notice, ObjectState.READING);
        var paused = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        first.afterBatch(() -> {
            paused.countDown();
            reached(goOn);
        });
        var oldRead = CompletableFuture.supplyAsync(() -> read(first, part(notice, 2)));
        reached(paused);
        // Small enough to be read whole, so that nobody takes over the lease of a part.
        var rows = IntStream.range(1_000, 1_300).boxed().toList();
        put(notice, "new", rows);

        awaitState(second, notice, ObjectState.DONE);
        goOn.countDown();

        assertThat(oldRead.get(2, TimeUnit.MINUTES).unread()).containsExactly(part(notice, 2));
        for (int i : rows) {
            assertThat(second.bean(RowTable.class)
                            .find(new RowKey("parts", Integer.toString(i)))
                            .orElseThrow()
                            .data())
                    .containsEntry("text", new Value.Text("new"));
        }
    }

    private static ObjectNotice part(ObjectNotice notice, int number) {
        return ObjectNotice.part(notice.bucket(), notice.key(), number);
    }

    @Test
    void aRefusedNoticeLiesInTheWorkQueueUntilTheLeaseCanBeOver() throws Exception {
        var notice = new ObjectNotice(resources.bucket(), "rows/b.csv");
        put(notice, "one");
        var ledger = first.bean(Ledger.class);
        var lease = new Lease(
                ledger,
                ObjectId.of(notice.bucket(), notice.key()),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Clock.systemUTC());
        ledger.claim(LedgerEntry.fresh(notice, "rows", Instant.now()), lease);

        read(second, notice);

        String queue = cloud.sqsClient()
                .getQueueUrl(of -> of.queueName(resources.workQueue()))
                .queueUrl();
        Map<String, String> messages = new HashMap<>();
        await().until(() -> {
            cloud.sqsClient()
                    .receiveMessage(of -> of.queueUrl(queue).waitTimeSeconds(1))
                    .messages()
                    .forEach(message -> messages.put(message.messageId(), message.body()));
            return messages.values().stream().anyMatch(body -> body.contains("rows/b.csv"));
        });
        assertThat(Instant.now()).isAfter(lease.until());
    }

    private static void put(ObjectNotice notice, String text) {
        put(notice, text, IntStream.range(0, ROWS).boxed().toList());
    }

    private static void put(ObjectNotice notice, String text, List<Integer> rows) {
        var file = new StringBuilder("id,text\n");
        for (int i : rows) {
            file.append(i).append(',').append(text).append('\n');
        }
        cloud.s3Client()
                .putObject(of -> of.bucket(notice.bucket()).key(notice.key()), RequestBody.fromString(file.toString()));
    }

    private static LedgerEntry entry(ObjectNotice notice) {
        return second.bean(Ledger.class)
                .find(ObjectId.of(notice.bucket(), notice.key()))
                .orElseThrow();
    }

    /** Reads until it comes to that: while the machine is busy a call may take too long, and the notice comes again. */
    private static void awaitState(ReaderProcess reader, ObjectNotice notice, ObjectState state) {
        await().until(() -> read(reader, notice).objects(), objects -> objects.stream()
                .anyMatch(object -> object.state() == state));
    }

    private static ReadReport read(ReaderProcess reader, ObjectNotice notice) {
        try {
            return reader.read(notice, Invocation.unbounded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void reached(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
