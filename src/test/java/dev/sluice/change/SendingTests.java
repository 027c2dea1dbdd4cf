package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.invocation.Invocation;
import dev.sluice.local.KinesisFault;
import dev.sluice.local.KinesisLimits;
import dev.sluice.local.LocalKinesis;
import dev.sluice.value.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of changes when Kinesis fails in each of the ways that it can; the store bucket does not answer. */
@Timeout(120)
class SendingTests {

    private static final BatchReply ALL_DONE = new BatchReply(List.of());

    private LocalKinesis kinesis;
    private Feed feed;
    private FeedProcess process;

    @BeforeEach
    void start() throws IOException {
        kinesis = LocalKinesis.start(KinesisLimits.DOCUMENTED);
        feed = Feed.create(kinesis.endpoint(), 2);
        process = FeedProcess.start(kinesis.endpoint());
    }

    @AfterEach
    void stop() {
        process.close();
        feed.close();
        kinesis.close();
    }

    @Test
    void requestsAreFilledToTheirLimits() throws Exception {
        assertThat(process.forward(changes(1_100, 1_100))).isEqualTo(ALL_DONE);
        assertThat(process.requests).isEqualTo(3);
        assertThat(feed.records()).hasSize(1_100);

        process.requests = 0;
        Json large = Json.of("\"" + "x".repeat(600_000) + "\"");
        assertThat(process.forward(IntStream.rangeClosed(2001, 2020)
                        .mapToObj(n -> Feed.change(n, "k" + n, large))
                        .toList()))
                .isEqualTo(ALL_DONE);
        // Eight of them fit into 5 MiB. The shards take 1 MiB a second only, so there are tries again.
        assertThat(process.requests).isGreaterThanOrEqualTo(3);
        assertThat(feed.records()).hasSize(1_120);
    }

    @Test
    void aHotKeyNeedsFewRequests() throws Exception {
        List<Change> changes = changes(1_000, 1);

        assertThat(process.forward(changes)).isEqualTo(ALL_DONE);

        assertThat(process.requests).isLessThanOrEqualTo(2);
        assertThat(feed.records()).hasSizeLessThanOrEqualTo(2);
        assertThat(feed.events())
                .extracting(event -> event.path("id").stringValue())
                .isEqualTo(changes.stream().map(Change::id).toList());
    }

    @ParameterizedTest
    @CsvSource({"THROTTLE_RECORDS, 0", "THROTTLE_RECORDS, 700", "FAIL_RECORDS, 0", "FAIL_RECORDS, 262144"})
    void recordsThatFailAreSentAgainAndNobodyOvertakesThem(String kind, int batchBytes) throws Exception {
        process.close();
        process = FeedProcess.start(kinesis.endpoint(), "--sluice.changes.batch-bytes=" + batchBytes);
        kinesis.faults().add(new KinesisFault(KinesisFault.Kind.valueOf(kind), null, 0.3, 7L, null, null, null, null));
        List<Change> changes = changes(600, 50);

        assertThat(process.forward(changes)).isEqualTo(ALL_DONE);

        assertThat(feed.events()).hasSize(changes.size());
        assertThat(Feed.seen(feed.events())).containsAllEntriesOf(Feed.history(changes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InternalFailure",
                "ServiceUnavailable",
                "ProvisionedThroughputExceededException",
                "LimitExceededException",
                "KMSThrottlingException",
                "ResourceInUseException",
                "ExpiredTokenException",
                "SomethingNew"
            })
    void aRequestThatFailsIsSentAgain(String error) throws Exception {
        kinesis.faults().add(KinesisFault.failRequests("PutRecords", error).times(3));
        List<Change> changes = changes(20, 5);

        assertThat(process.forward(changes)).isEqualTo(ALL_DONE);

        assertThat(process.requests).isEqualTo(4);
        assertThat(feed.events()).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ResourceNotFoundException",
                "AccessDeniedException",
                "KMSAccessDeniedException",
                "KMSDisabledException"
            })
    void whatSomebodyHasToSetRightIsNotWaitedFor(String error) throws Exception {
        kinesis.faults().add(KinesisFault.failRequests("PutRecords", error));

        assertThat(process.forward(changes(20, 5))).isEqualTo(from("1"));

        assertThat(process.requests).isEqualTo(1);
    }

    @Test
    void anAnswerThatIsLostMakesACopyAndNoGap() throws Exception {
        kinesis.faults()
                .add(KinesisFault.loseReplies("PutRecords", Duration.ofMillis(10))
                        .times(2));
        List<Change> changes = changes(20, 5);

        assertThat(process.forward(changes)).isEqualTo(ALL_DONE);

        assertThat(feed.events()).hasSize(60);
        assertThat(Feed.seen(feed.events())).containsAllEntriesOf(Feed.history(changes));
    }

    @Test
    void aRequestThatIsTakenTooLateIsACopy() throws Exception {
        kinesis.faults()
                .add(KinesisFault.delayRequests("PutRecords", Duration.ofMillis(350))
                        .times(1));
        List<Change> changes = changes(5, 5);
        process.close();
        process = FeedProcess.start(kinesis.endpoint(), "--sluice.aws.call-timeout=600ms");

        assertThat(process.forward(changes)).isEqualTo(ALL_DONE);

        assertThat(process.requests).isGreaterThan(1);
        assertThat(Feed.seen(feed.events())).containsAllEntriesOf(Feed.history(changes));
    }

    @Test
    void whatIsUnsentWhenTheTimeIsOverGoesBack() throws Exception {
        kinesis.faults().add(KinesisFault.throttleRecords().ofKey("feed/k2"));
        var invocation = new Invocation("id", Instant.now().plusSeconds(4));

        BatchReply reply = process.forward(changes(20, 5), invocation);

        // As long as a call's last try has, for it begins a second before the end and leaves a quarter for the answer.
        assertThat(process.limits).isNotEmpty().allMatch(limit -> limit.compareTo(Duration.ofMillis(750)) >= 0);
        assertThat(reply).isEqualTo(from("2"));
        assertThat(feed.events())
                .hasSize(16)
                .noneMatch(event -> event.path("subject").stringValue().equals("feed/k2"));
    }

    @Test
    void aRequestThatHangsDoesNotOutlastTheCall() throws Exception {
        process.close();
        process = FeedProcess.start(kinesis.endpoint(), "--sluice.aws.call-timeout=5m");
        kinesis.faults().add(KinesisFault.delayRequests("PutRecords", Duration.ofSeconds(30)));
        Instant begun = Instant.now();

        assertThat(process.forward(changes(3, 1), new Invocation("id", begun.plusSeconds(4))))
                .isEqualTo(from("1"));

        assertThat(process.limits).singleElement().satisfies(limit -> assertThat(limit)
                .isLessThanOrEqualTo(Duration.ofMillis(3_750)));
        assertThat(Instant.now()).isBefore(begun.plusSeconds(25));
    }

    @Test
    void aCallWithoutTimeSendsNothing() throws Exception {
        assertThat(process.forward(changes(3, 1), new Invocation("id", Instant.now())))
                .isEqualTo(from("1"));
        assertThat(process.requests).isZero();
    }

    @Test
    void aStreamThatIsReshardedKeepsEachKeysOrder() throws Exception {
        List<Change> changes = changes(300, 10);
        process.forward(changes.subList(0, 150));
        feed.kinesis().splitShard(split -> split.streamName(feed.stream())
                .shardToSplit("shardId-000000000000")
                .newStartingHashKey(BigInteger.TWO.pow(126).toString()));
        process.forward(changes.subList(150, 200));
        feed.kinesis().mergeShards(merge -> merge.streamName(feed.stream())
                .shardToMerge("shardId-000000000002")
                .adjacentShardToMerge("shardId-000000000003"));

        assertThat(process.forward(changes.subList(200, 300))).isEqualTo(ALL_DONE);

        assertThat(feed.shards()).hasSize(5);
        assertThat(Feed.seen(feed.events())).containsAllEntriesOf(Feed.history(changes));
    }

    @Test
    void aRefusedRecordWhoseLetterCannotBeKeptHoldsBackItsKeyOnly() throws Exception {
        kinesis.close();
        kinesis = LocalKinesis.start(smallRecords());
        feed = Feed.create(kinesis.endpoint(), 2);
        process.close();
        process = FeedProcess.start(kinesis.endpoint(), "--sluice.aws.call-timeout=1500ms");
        Instant deadline = Instant.now().plusSeconds(4);

        BatchReply reply = process.forward(
                List.of(
                        Feed.change(1, "a"),
                        Feed.change(2, "b"),
                        Feed.change(3, "a", Json.of("\"" + "x".repeat(5_000) + "\"")),
                        Feed.change(4, "a"),
                        Feed.change(5, "b")),
                new Invocation("id", deadline));

        assertThat(reply).isEqualTo(from("3"));
        assertThat(Feed.seen(feed.events()).get("feed/a")).containsExactly("id-1");
        assertThat(Feed.seen(feed.events()).get("feed/b")).containsExactly("id-2", "id-5");
    }

    /** A stream that takes less than the settings say. */
    static KinesisLimits smallRecords() {
        var documented = KinesisLimits.DOCUMENTED;
        return new KinesisLimits(
                500,
                documented.putBytes(),
                4_096,
                256,
                1 << 30,
                1 << 30,
                false,
                documented.getRecords(),
                documented.getBytes(),
                documented.iteratorAge(),
                documented.retainedBytes());
    }

    private static BatchReply from(String sequence) {
        return new BatchReply(List.of(new BatchReply.Failure(sequence)));
    }

    private static List<Change> changes(int count, int keys) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> Feed.change(n, "k" + n % keys))
                .toList();
    }
}
