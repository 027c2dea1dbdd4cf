package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.ScriptedDoor.Reply;
import dev.sluice.local.StreamSource.Item;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lambda's rules for a shard, a table each, with the page that states it. Records are letters; each has its place as its
 * sequence number and itself as its key. A script says how one invocation after the other ends: {@code .} well, {@code E} with an error,
 * {@code ?} with an identifier of no record, {@code cd} naming these records, {@code !c} from then on with an error
 * wherever c is among the records, {@code #c} from then on naming c there. After the script all end well.
 */
class ShardRulesTests {

    private static final Duration ENDLESS = Duration.ofSeconds(-1);

    private final List<String> invocations = new CopyOnWriteArrayList<>();
    private final List<JsonNode> givenUp = new CopyOnWriteArrayList<>();
    private final TriggerSettings settings = TriggerSettings.DEFAULT.quick(100, 1);
    private final PassingTime time = new PassingTime(settings);
    private StreamRules rules = settings.changes().withLimits(-1, ENDLESS).withReplies(false, true);
    private int payloadBytes = settings.payloadBytes();
    private ScriptedDoor door;

    @BeforeEach
    void open() throws IOException {
        door = ScriptedDoor.open(_ -> Reply.OK);
    }

    @AfterEach
    void close() {
        door.close();
    }

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html">Lambda parameters for
     * Amazon Kinesis Data Streams event source mappings</a>: BatchSize. */
    @ParameterizedTest(name = "{1} in batches of {0}: {2}")
    @CsvSource({"1, abc, a b c", "2, abc, ab c", "3, abc, abc", "4, abcabcabc, abca bcab c"})
    void batchSize(int size, String records, String expected) {
        rules = rules.withBatchSize(size);
        assertThat(run(records, "")).isEqualTo(expected);
    }

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html">How Lambda processes
     * records from stream and queue-based event sources</a>: the payload limit. A record alone over it is tried alone. */
    @ParameterizedTest(name = "{0} bytes beside the envelope: {1}")
    @CsvSource({"10, a b c d", "59, a b c d", "60, ab cd", "90, abc d", "120, abcd"})
    void payload(int bytes, String expected) {
        payloadBytes = bytes + "{\"Records\":[]}".length();
        assertThat(item(1, "a", Duration.ZERO).bytes()).isEqualTo(29);
        assertThat(run("abcd", "")).isEqualTo(expected);
    }

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html">How Lambda processes
     * records from stream and queue-based event sources</a>: the batching window ends with time, a full batch or a full
     * payload. Records come two seconds apart; what makes a payload too large follows at once. */
    @ParameterizedTest(name = "window {0} s, batches of {1}, {2} bytes: {3}")
    @CsvSource({
        "0, 100, 1000, a b c d e",
        "3, 100, 1000, ab cd e",
        "5, 100, 1000, abc de",
        "300, 100, 1000, abcde",
        "300, 2, 1000, ab cd e",
        "300, 100, 60, ab c de"
    })
    void batchingWindow(int window, int size, int bytes, String expected) {
        rules = rules.withBatchSize(size).withWindow(Duration.ofSeconds(window));
        payloadBytes = bytes + "{\"Records\":[]}".length();
        var items = new ArrayList<Item>();
        for (var i = 0; i < 5; i++) {
            items.add(item(i + 1, "" + "abcde".charAt(i), Duration.ofSeconds(2L * i)));
        }
        assertThat(run(items, "")).isEqualTo(expected);
        // The last one ends the shard, and is not waited for any longer.
        assertThat(Duration.between(PassingTime.BEGIN, time.now()))
                .isBetween(Duration.ofSeconds(8), Duration.ofMillis(8_100));
    }

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">Configuring
     * partial batch response with Kinesis Data Streams and Lambda</a>: the lowest number is the checkpoint; what comes
     * after it waits. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "., abc def",
        "c ., abc c def",
        "cb ., abc bc def",
        "b c ., abc bc c def",
        "a ., abc abc def",
        "? ., abc abc def",
        "E E E E ., abc abc abc abc abc def"
    })
    void checkpoint(String script, String expected) {
        rules = rules.withBatchSize(3);
        assertThat(run("abcdef", script)).isEqualTo(expected);
        assertThat(givenUp).isEmpty();
    }

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">Configuring
     * partial batch response with Kinesis Data Streams and Lambda</a>: replies count only where that is turned on. */
    @Test
    void repliesAreNotReadUnlessTheMappingSaysSo() {
        rules = rules.withReplies(false, false);
        assertThat(run("abc", "b ?")).isEqualTo("abc");
    }

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain discarded batch
     * records for a Kinesis Data Streams event source in Lambda</a>: MaximumRetryAttempts. */
    @ParameterizedTest(name = "{0} retries, {1}: {2}, given up {3}")
    @CsvSource({
        "0, !b, ab cd, ab x1",
        "1, !b, ab ab cd, ab x2",
        "3, !b, ab ab ab ab cd, ab x4",
        "2, E E ., ab ab ab cd, ''",
        "1, #b, ab b cd, b x2",
        "1, ? ?, ab ab cd, ab x2",
        "-1, E E E E E E E E E ., ab ab ab ab ab ab ab ab ab ab cd, ''"
    })
    void retries(int retries, String script, String expected, String lost) {
        rules = rules.withBatchSize(2).withLimits(retries, ENDLESS);
        assertThat(run("abcd", script)).isEqualTo(expected);
        assertThat(lost()).isEqualTo(lost);
        assertThat(givenUp)
                .allMatch(
                        each -> each.at("/requestContext/condition").asString().equals("RetryAttemptsExhausted"));
    }

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain discarded batch
     * records for a Kinesis Data Streams event source in Lambda</a>: MaximumRecordAgeInSeconds. Records come 30 s apart; the
     * first age is that of the oldest when reading begins. */
    @ParameterizedTest(name = "oldest {0} s, at most {1} s: {2}, given up {3}")
    @CsvSource({
        "100, 3600, abc, ''",
        "100, 101, abc, ''",
        "100, 90, bc, a x0",
        "100, 60, c, ab x0",
        "500, 60, '', abc x0",
        "500, -1, abc, ''"
    })
    void recordAge(int oldest, int most, String expected, String lost) {
        rules = rules.withLimits(-1, Duration.ofSeconds(most));
        time.await(Duration.ofSeconds(oldest));
        assertThat(run(thirtySecondsApart(), "")).isEqualTo(expected);
        assertThat(lost()).isEqualTo(lost);
        assertThat(givenUp)
                .allMatch(
                        each -> each.at("/requestContext/condition").asString().equals("RecordAgeExceeded"))
                .noneMatch(each -> each.has("responseContext"));
    }

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain discarded batch
     * records for a Kinesis Data Streams event source in Lambda</a>: a batch that goes on failing is retried until its records
     * exceed the maximum age. */
    @Test
    void aBatchThatFailsForLongGrowsTooOld() {
        rules = rules.withLimits(-1, Duration.ofSeconds(60));
        assertThat(run("ab", "!b")).startsWith("ab ab ab");
        assertThat(lost()).isEqualTo("ab x" + invocations.size());
        assertThat(time.now()).isBetween(PassingTime.BEGIN.plusSeconds(60), PassingTime.BEGIN.plusSeconds(61));
    }

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain discarded batch
     * records for a Kinesis Data Streams event source in Lambda</a>: where the function cannot be invoked, no retry is used
     * up, and only age ends it. */
    @Test
    void whatCouldNotBeInvokedUsesUpNoRetry() {
        rules = rules.withLimits(0, Duration.ofSeconds(60));
        door.close();
        assertThat(run("ab", "")).isEmpty();
        assertThat(lost()).isEqualTo("ab x0");
        assertThat(givenUp.getFirst().at("/requestContext/condition").asString())
                .isEqualTo("RecordAgeExceeded");
    }

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain discarded batch
     * records for a Kinesis Data Streams event source in Lambda</a>, and on replies
     * <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">Configuring partial
     * batch response with Kinesis Data Streams and Lambda</a>: splitting uses up no retry; what succeeded in part is split
     * at the number that was returned. */
    @ParameterizedTest(name = "{0} retries, {1}: {2}, given up {3}")
    @CsvSource({
        "0, !c, abcd ab cd c d, c x1",
        "1, !c, abcd ab cd c c d, c x2",
        "1, !a, abcd ab a a b cd, a x2",
        "-1, E, abcd ab cd, ''",
        "-1, E . E, abcd ab cd c d, ''",
        "0, #c, abcd cd c d, c x1",
        "1, #a, abcd ab a a b cd, a x2",
        "0, ?, abcd ab cd, ''"
    })
    void bisect(int retries, String script, String expected, String lost) {
        rules = rules.withLimits(retries, ENDLESS).withReplies(true, true);
        assertThat(run("abcd", script)).isEqualTo(expected);
        assertThat(lost()).isEqualTo(lost);
    }

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain discarded batch
     * records for a Kinesis Data Streams event source in Lambda</a>: the example invocation record. */
    @Test
    void theFailureRecord() {
        rules = rules.withLimits(0, ENDLESS);
        time.await(Duration.ofMinutes(2));
        run(thirtySecondsApart(), "E");

        var records = thirtySecondsApart().stream().map(Item::json).collect(Collectors.joining(","));
        var kept = givenUp.getFirst();
        assertThat(kept.at("/requestContext/requestId").asString()).hasSize(36);
        assertThat(JsonMapper.shared()
                        .readTree(kept.toString()
                                .replace(kept.at("/requestContext/requestId").asString(), "")))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {
                          "requestContext": {
                            "requestId": "",
                            "functionArn": "arn:aws:lambda:us-east-1:000000000000:function:sluice",
                            "condition": "RetryAttemptsExhausted",
                            "approximateInvokeCount": 1
                          },
                          "responseContext": {
                            "statusCode": 200,
                            "executedVersion": "$LATEST",
                            "functionError": "Unhandled"
                          },
                          "version": "1.0",
                          "timestamp": "2026-01-01T00:00:00Z",
                          "KinesisBatchInfo": {
                            "shardId": "shardId-000000000000",
                            "startSequenceNumber": "1",
                            "endSequenceNumber": "3",
                            "approximateArrivalOfFirstRecord": "2026-01-01T00:00:00Z",
                            "approximateArrivalOfLastRecord": "2026-01-01T00:01:00Z",
                            "batchSize": 3,
                            "streamArn": "arn:aws:kinesis:us-east-1:000000000000:stream/list"
                          },
                          "payload": "{\\"Records\\":[RECORDS]}"
                        }
                        """.replace("RECORDS", records.replace("\"", "\\\"")).replace(
                        "\"timestamp\": \"2026-01-01T00:00:00Z\"", "\"timestamp\": \"%s\"".formatted(time.now()))));
    }

    private String run(String records, String script) {
        var items = new ArrayList<Item>();
        for (var i = 0; i < records.length(); i++) {
            items.add(item(i + 1, "" + records.charAt(i), Duration.ZERO));
        }
        return run(items, script);
    }

    /** Reads the shard to its end, and says what was in each invocation. */
    private String run(List<Item> items, String script) {
        var steps = new ArrayDeque<>(List.of(script.split(" ")));
        door.follow(event -> {
            invocations.add(String.join(
                    "",
                    event.path("Records")
                            .valueStream()
                            .map(each -> each.path("r").asString())
                            .toList()));
            return reply(steps, invocations.getLast(), items);
        });
        var invoker = new Invoker(
                new Door(door.uri(), settings.timeout()),
                time,
                each -> givenUp.add(JsonMapper.shared().readTree(each)),
                _ -> {});
        var source = new ListSource(items, time);
        assertThat(new ShardReader(source, ListSource.SHARD, rules, payloadBytes, invoker).readToEnd())
                .isTrue();
        return String.join(" ", invocations);
    }

    private static Reply reply(Queue<String> steps, String records, List<Item> items) {
        var step = steps.peek();
        if (step == null || step.isEmpty()) {
            return Reply.OK;
        }
        var stays = step.startsWith("!") || step.startsWith("#");
        if (stays) {
            var hit = records.contains(step.substring(1));
            return !hit ? Reply.OK : step.startsWith("!") ? Reply.ERROR : named(step.substring(1), items);
        }
        steps.remove();
        return switch (step) {
            case "." -> Reply.OK;
            case "E" -> Reply.ERROR;
            case "?" -> Reply.failures("none of these");
            default -> named(step, items);
        };
    }

    private static Reply named(String records, List<Item> items) {
        return Reply.failures(items.stream()
                .filter(item -> records.contains(item.key()))
                .map(Item::sequence)
                .toArray(String[]::new));
    }

    /** What was given up, and after how many invocations. */
    private String lost() {
        return String.join(" ", givenUp.stream().map(ShardRulesTests::lost).toList());
    }

    private static @Nullable String lost(JsonNode kept) {
        var info = kept.path("KinesisBatchInfo");
        var first = info.path("startSequenceNumber").asInt();
        var last = info.path("endSequenceNumber").asInt();
        assertThat(info.path("batchSize").asInt()).isEqualTo(last - first + 1);
        return "abcdef".substring(first - 1, last) + " x"
                + kept.at("/requestContext/approximateInvokeCount").asInt();
    }

    private static List<Item> thirtySecondsApart() {
        return Stream.of("a", "b", "c")
                .map(each -> item(each.charAt(0) - 'a' + 1, each, Duration.ofSeconds(30L * (each.charAt(0) - 'a'))))
                .toList();
    }

    private static Item item(int sequence, String key, Duration after) {
        var json = "{\"r\":\"%s\",\"filler\":\"01234567\"}".formatted(key);
        return new Item(Integer.toString(sequence), key, PassingTime.BEGIN.plus(after), json);
    }
}
