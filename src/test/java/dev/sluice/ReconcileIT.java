package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.invocation.Invocation;
import dev.sluice.object.ReconcileReport;
import dev.sluice.object.ReconcileRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.function.context.FunctionCatalog;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** Whatever bucket and ledger differ in is found and read, without any notice. */
class ReconcileIT {

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @SuppressWarnings("NullAway.Init")
    private static QuietBucket bucket;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start(
                "reconcile",
                "--sluice.feeds[0].name=rec",
                "--sluice.feeds[0].match.key=rec/**",
                "--sluice.feeds[0].format=ndjson",
                "--sluice.feeds[0].key[0]=id",
                "--sluice.reconcile.per-second=1000",
                "--sluice.reconcile.stuck-after=15m");
        bucket = QuietBucket.create(sluice, "reconcile-quiet");
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @Test
    void whatWasNeverReadIsRead() {
        List<String> keys = List.of("rec/unread/a.json", "rec/unread/b+ c%.json", "rec/unread/ü&.json");
        keys.forEach(key -> bucket.put(key, "{\"id\":1}"));
        bucket.put("rec/unread/folder/", "");
        bucket.put("no-feed/a.json", "{\"id\":1}");

        assertThat(reconcile("rec/unread/", ",\"dryRun\":true").toString())
                .isEqualTo("{\"looked\":3,\"unread\":3,\"changed\":0,\"stuck\":0,\"vanished\":0,\"enqueued\":0}");
        await().during(Duration.ofSeconds(1))
                .until(() -> keys.stream().allMatch(key -> bucket.item(key).isEmpty()));
        JsonNode report = reconcile("rec/unread/", "");
        // What was looked at grows with what readers have put into the ledger meanwhile.
        assertThat(report.path("unread").asInt()).isEqualTo(3);
        assertThat(report.path("enqueued").asInt()).isEqualTo(3);

        keys.forEach(key -> bucket.awaitState(key, "done"));
        assertThat(reconcile("rec/unread/", "").toString())
                .isEqualTo("{\"looked\":6,\"unread\":0,\"changed\":0,\"stuck\":0,\"vanished\":0,\"enqueued\":0}");
        assertThat(reconcile("no-feed/", "").path("looked").asInt()).isZero();
    }

    @Test
    void whatWasIgnoredOrRemovedAndLiesThereIsUnread() {
        for (String state : List.of("ignored", "missing", "removed")) {
            bucket.read("rec/back/" + state, "{\"id\":1}");
            bucket.change("rec/back/" + state, Map.of("state", AttributeValue.fromS(state)));
        }

        assertThat(reconcile("rec/back/", ",\"dryRun\":true").path("unread").asInt())
                .isEqualTo(3);
    }

    @Test
    void whatHasChangedIsReadAgain() {
        String key = "rec/changed/a.json";
        bucket.read(key, "{\"id\":\"changed-1\"}");
        bucket.put(key, "{\"id\":\"changed-2\"}");

        assertThat(reconcile("rec/changed/", "").path("changed").asInt()).isEqualTo(1);

        await().until(() -> sluice.get("/api/feeds/rec/rows/changed-2").statusCode() == 200);
        bucket.awaitState(key, "done");
        assertThat(reconcile("rec/changed/", "").path("changed").asInt()).isZero();
        bucket.put(key, "{\"id\":\"changed-3\"}");
        assertThat(reconcile("rec/changed/", ",\"dryRun\":true").path("changed").asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"waiting,20,1,1", "reading,20,1,1", "reading,10,1,0", "reading,20,-1,0", "done,20,1,0"})
    void whatNobodyReadsIsStuck(String state, int minutesSilent, int minutesSinceLease, int stuck) {
        String key = "rec/stuck/%s-%d-%d.json".formatted(state, minutesSilent, minutesSinceLease);
        bucket.read(key, "{\"id\":1}");
        Instant now = Instant.now();
        bucket.change(
                key,
                Map.of(
                        "state",
                        AttributeValue.fromS(state),
                        "updated",
                        AttributeValue.fromS(
                                now.minus(Duration.ofMinutes(minutesSilent)).toString()),
                        "leaseUntil",
                        AttributeValue.fromN(Long.toString(
                                now.minus(Duration.ofMinutes(minutesSinceLease)).toEpochMilli()))));

        JsonNode report = reconcile(key, "");

        assertThat(report.path("stuck").asInt()).isEqualTo(stuck);
        assertThat(report.path("enqueued").asInt()).isEqualTo(stuck);
        if (stuck == 1) {
            bucket.awaitState(key, "done");
        }
    }

    @Test
    void whatHasVanishedIsFoundInTheLedger() {
        bucket.read("rec/vanished/a.json", "{\"id\":1}");
        bucket.read("rec/vanished/b.json", "{\"id\":1}");
        bucket.delete("rec/vanished/a.json");

        assertThat(reconcile("rec/vanished/", "").toString())
                .isEqualTo("{\"looked\":3,\"unread\":0,\"changed\":0,\"stuck\":0,\"vanished\":1,\"enqueued\":1}");

        bucket.awaitState("rec/vanished/a.json", "removed");
        assertThat(reconcile("rec/vanished/", "").path("vanished").asInt()).isZero();
    }

    @Test
    void whatS3RefusesIsNamedAndReadOnceThatIsMended() {
        String key = "rec/forbidden/a.json";
        ObjectFaults.forbidGet(key);
        bucket.put(key, "{\"id\":\"forbidden\"}");
        read(key);
        bucket.awaitState(key, "failed");
        assertThat(bucket.attribute(key, "reason").s()).isEqualTo("forbidden");
        assertThat(bucket.attribute(key, "message").s()).contains("kms:Decrypt");
        assertThat(reconcile(key, "").path("enqueued").asInt()).isZero();

        age(key);
        assertThat(reconcile(key, "").path("stuck").asInt()).isEqualTo(1);
        await().until(() -> bucket.attribute(key, "attempts").n(), "2"::equals);
        bucket.awaitState(key, "failed");

        ObjectFaults.none();
        age(key);
        assertThat(reconcile(key, "").path("stuck").asInt()).isEqualTo(1);
        bucket.awaitState(key, "done");
        assertThat(sluice.get("/api/feeds/rec/rows/forbidden").statusCode()).isEqualTo(200);
    }

    @Test
    void anObjectOfWhichS3DoesNotTellHidesNoOther() {
        bucket.read("rec/untold/a.json", "{\"id\":1}");
        bucket.read("rec/untold/b.json", "{\"id\":1}");
        bucket.delete("rec/untold/b.json");

        ObjectFaults.forbidHead("rec/untold/a.json");
        JsonNode report = reconcile("rec/untold/", ",\"dryRun\":true");
        ObjectFaults.none();

        assertThat(report.toString())
                .isEqualTo("{\"looked\":3,\"unread\":0,\"changed\":0,\"stuck\":0,\"vanished\":1,\"enqueued\":0}");
    }

    @Test
    void whatLiesInTheQueueAlreadyIsNotPutThereAgain() {
        String key = "rec/backlog/a.json";
        ObjectFaults.refuseLease(bucket.id(key));
        bucket.put(key, "{\"id\":1}");

        assertThat(reconcile(key, "").path("enqueued").asInt()).isEqualTo(1);
        assertThat(bucket.attribute(key, "state").s()).isEqualTo("waiting");
        assertThat(reconcile(key, "").path("enqueued").asInt()).isZero();

        ObjectFaults.none();
        bucket.awaitState(key, "done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"waiting", "reading"})
    @ExtendWith(OutputCaptureExtension.class)
    void itTellsHowLongTheObjectThatWaitsLongestHasWaited(String state, CapturedOutput output) {
        String key = "rec/waits/" + state;
        bucket.read(key, "{\"id\":1}");
        Map<String, AttributeValue> done = bucket.item(key);
        Instant then = Instant.now().minus(Duration.ofHours(50));
        bucket.change(
                key,
                Map.of(
                        "stateTime",
                        AttributeValue.fromS(state + "#" + then.toString().substring(0, 19) + ".000000#00000000"),
                        "updated",
                        AttributeValue.fromS(then.toString())));

        reconcile("rec/elsewhere/", "");
        bucket.change(key, done);
        reconcile("rec/elsewhere/", "");

        List<Integer> seconds = Pattern.compile("no news for (\\d+) s")
                .matcher(output.getOut())
                .results()
                .map(told -> Integer.valueOf(told.group(1)))
                .toList();
        assertThat(seconds).hasSize(2);
        assertThat(seconds.getFirst()).isBetween(180_000, 181_000);
        assertThat(seconds.getLast()).isLessThan(180_000);
    }

    @Test
    void whatWasReadForAnotherFeedIsReadForThisOne() {
        String key = "rec/renamed/a.json";
        bucket.read(key, "{\"id\":\"renamed\"}");
        bucket.change(key, Map.of("feed", AttributeValue.fromS("before")));

        assertThat(reconcile(key, "").path("unread").asInt()).isEqualTo(1);

        await().until(() -> bucket.attribute(key, "attempts").n(), "2"::equals);
        bucket.awaitState(key, "done");
        assertThat(bucket.attribute(key, "feed").s()).isEqualTo("rec");
    }

    /** As if nothing had been heard of the object for longer than {@code stuck-after}. */
    private static void age(String key) {
        Instant then = Instant.now().minus(Duration.ofMinutes(20));
        bucket.change(
                key,
                Map.of(
                        "updated",
                        AttributeValue.fromS(then.toString()),
                        "leaseUntil",
                        AttributeValue.fromN(Long.toString(then.toEpochMilli()))));
    }

    private static void read(String key) {
        String notices = "{\"notices\":[{\"bucket\":\"%s\",\"key\":\"%s\"}]}".formatted(bucket.name(), key);
        assertThat(sluice.post("/functions/readObjects", notices).statusCode()).isEqualTo(200);
    }

    @Test
    void callAfterCallSeesEveryKeyOnce() {
        // Not more at a time than the SDK has connections: the others would wait for one, and only so long.
        try (var threads = Executors.newFixedThreadPool(16)) {
            List<? extends Future<?>> puts = IntStream.range(0, 1010)
                    .mapToObj(i -> threads.submit(() -> bucket.put("rec/many/%04d".formatted(i), "{\"id\":1}")))
                    .toList();
            assertThat(puts).allSatisfy(Future::get);
        }
        bucket.read("rec/ghosts/x", "{\"id\":1}");
        Map<String, AttributeValue> entry = bucket.item("rec/ghosts/x");
        for (int i = 0; i < 110; i++) {
            String key = "rec/ghosts/" + i;
            bucket.change(key, entry);
            bucket.change(key, Map.of("key", AttributeValue.fromS(key)));
        }

        assertEach(found("rec/many/", "unread", 400), 400, 1010);
        assertEach(found("rec/ghosts/", "vanished", 45), 45, 110);
    }

    /** A call may also end because its time is over. */
    private static void assertEach(List<Integer> found, int limit, int all) {
        assertThat(found).allMatch(one -> one <= limit);
        assertThat(found.stream().mapToInt(one -> one).sum()).as("%s", found).isEqualTo(all);
    }

    /** What dry runs with a limit find, each going on where the one before ended. */
    private static List<Integer> found(String prefix, String finding, int limit) {
        var counts = new ArrayList<Integer>();
        String cursor = "";
        do {
            JsonNode report = reconcile(prefix, ",\"dryRun\":true,\"limit\":" + limit + cursor);
            counts.add(report.path(finding).asInt());
            cursor = report.has("cursor")
                    ? ",\"cursor\":\"" + report.path("cursor").asString() + "\""
                    : "";
        } while (!cursor.isEmpty());
        return counts;
    }

    @Test
    void theNextRunGoesOnWhereTheLastOneStopped() throws Exception {
        for (int i = 0; i < 5; i++) {
            bucket.put("rec/progress/" + i, "{\"id\":1}");
        }

        ReconcileReport late =
                new Invocation("late", Instant.now()).call(() -> function().apply(wholePrefix()));
        assertThat(late.looked()).isZero();
        assertThat(late.cursor()).isPresent();
        assertThat(reconcile("rec/progress/", ",\"limit\":2").path("enqueued").asInt())
                .isEqualTo(2);
        for (String key : List.of("rec/progress/0", "rec/progress/1")) {
            bucket.awaitState(key, "done");
            bucket.forget(key);
        }
        assertThat(reconcile("rec/progress/", ",\"dryRun\":true").path("unread").asInt())
                .isEqualTo(5);
        JsonNode rest = reconcile("rec/progress/", "");
        assertThat(rest.path("unread").asInt()).isEqualTo(3);
        assertThat(rest.has("cursor")).isFalse();
        List.of("2", "3", "4").forEach(name -> bucket.awaitState("rec/progress/" + name, "done"));
        assertThat(reconcile("rec/progress/", "").path("unread").asInt()).isEqualTo(2);

        String progress = "reconcile:" + bucket.id("rec/progress/");
        assertThat(sluice.get("/api/objects/" + progress).statusCode()).isEqualTo(404);
        assertThat(sluice.all("/api/objects?limit=200"))
                .extracting(object -> object.path("id").asString())
                .isNotEmpty()
                .doesNotContain(progress);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whereItCannotTellWhatWaitsLongestItReconcilesAllTheSame(CapturedOutput output) {
        bucket.put("rec/oldest/a.json", "{\"id\":1}");

        ObjectFaults.refuseOldest();
        JsonNode report = reconcile("rec/oldest/", "");
        ObjectFaults.none();

        assertThat(report.path("unread").asInt()).isEqualTo(1);
        bucket.awaitState("rec/oldest/a.json", "done");
        assertThat(output).contains("Which object waits longest could not be asked: SdkClientException");
    }

    private static Function<ReconcileRequest, ReconcileReport> function() {
        return sluice.context().getBean(FunctionCatalog.class).lookup("reconcileObjects");
    }

    private static ReconcileRequest wholePrefix() {
        return new ReconcileRequest(
                Optional.of(bucket.name()),
                Optional.of("rec/progress/"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static JsonNode reconcile(String prefix, String more) {
        String request = "{\"bucket\":\"%s\",\"prefix\":\"%s\"%s}".formatted(bucket.name(), prefix, more);
        return RunningSluice.JSON.readTree(
                sluice.post("/functions/reconcileObjects", request).body());
    }
}
