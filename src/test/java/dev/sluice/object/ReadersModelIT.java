package dev.sluice.object;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.aws.Item;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.invocation.Invocation;
import dev.sluice.local.LocalCloud;
import dev.sluice.local.LocalResources;
import dev.sluice.object.ReaderProcess.KilledError;
import dev.sluice.row.Row;
import dev.sluice.row.RowPage;
import dev.sluice.row.RowTable;
import dev.sluice.value.Value;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three readers, of which any may be killed at any call, fail a call before or after it took effect, or run out of time:
 * once every notice is answered, the rows, the ledger and the rejects are what the newest files say.
 */
class ReadersModelIT {

    private static final int READERS = 3;
    private static final int LONGEST_LIFE = 1_000;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final List<String> NAMES = List.of(
            "plain.csv",
            "packed.csv",
            "lines.ndjson",
            "array.json",
            "newest.parts",
            "unique.pieces",
            "whole.snapshot",
            "ours.shared",
            "theirs.shared");

    private static final AtomicInteger TRIES = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private static LocalCloud cloud;

    @SuppressWarnings("NullAway.Init")
    private static LocalResources resources;

    @SuppressWarnings("NullAway.Init")
    private static LeftNotices workQueue;

    private static final List<ReaderProcess> READER = new ArrayList<>();

    /** Looks at what the readers have left, and has all the time it needs. */
    @SuppressWarnings("NullAway.Init")
    private static ReaderProcess checker;

    @BeforeContainer
    static void start() {
        cloud = LocalCloud.shared();
        cloud.useInThisJvm();
        resources = LocalResources.create(cloud, "model");
        workQueue = new LeftNotices(cloud, resources.workQueue());
        String[] settings = Stream.concat(
                        resources.settings(cloud).entrySet().stream()
                                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue()),
                        Stream.of(
                                "--logging.level.dev.sluice=off",
                                "--sluice.aws.call-timeout=1s",
                                "--sluice.reading.lease=2200ms",
                                "--sluice.reading.checkpoint=1ms",
                                "--sluice.reading.margin=100ms",
                                "--sluice.rows.writers=2",
                                // Each is a query of a sweep, of which any may fail.
                                "--sluice.rows.partitions=2",
                                "--sluice.rows.index-lag=100ms",
                                "--sluice.feeds[0].name=csv",
                                "--sluice.feeds[0].match.key=*/{name}.csv",
                                "--sluice.feeds[0].format=csv",
                                "--sluice.feeds[0].key=name,id",
                                "--sluice.feeds[1].name=lines",
                                "--sluice.feeds[1].match.key=*/*.ndjson",
                                "--sluice.feeds[1].format=ndjson",
                                "--sluice.feeds[1].key=id",
                                "--sluice.feeds[1].transform=dropping",
                                "--sluice.feeds[2].name=array",
                                "--sluice.feeds[2].match.key=*/*.json",
                                "--sluice.feeds[2].format=json",
                                "--sluice.feeds[2].key=id",
                                "--sluice.feeds[3].name=parts",
                                "--sluice.feeds[3].match.key=*/*.parts",
                                "--sluice.feeds[3].format=ndjson",
                                "--sluice.feeds[3].key=id",
                                "--sluice.feeds[3].overwrite=row",
                                "--sluice.feeds[3].split=1KB",
                                "--sluice.feeds[4].name=pieces",
                                "--sluice.feeds[4].match.key=*/*.pieces",
                                "--sluice.feeds[4].format=csv",
                                "--sluice.feeds[4].key=id",
                                "--sluice.feeds[4].unique=true",
                                "--sluice.feeds[4].newlines-in-quotes=false",
                                "--sluice.feeds[4].split=1KB",
                                "--sluice.feeds[5].name=snapshot",
                                "--sluice.feeds[5].match.key=*/*.snapshot",
                                "--sluice.feeds[5].format=ndjson",
                                "--sluice.feeds[5].key=id",
                                "--sluice.feeds[5].mode=snapshot",
                                "--sluice.feeds[5].on-delete=remove",
                                "--sluice.feeds[6].name=shared",
                                "--sluice.feeds[6].match.key=*/*.shared",
                                "--sluice.feeds[6].format=ndjson",
                                "--sluice.feeds[6].key=id",
                                "--sluice.feeds[6].overwrite=row",
                                "--sluice.feeds[6].newest-by=text"))
                .toArray(String[]::new);
        for (int i = 0; i < READERS; i++) {
            // So few rows wait that most files are read with several checkpoints, of which each has to tell the truth.
            READER.add(new ReaderProcess(
                    Stream.concat(Stream.of(settings), Stream.of("--sluice.rows.held-bytes=" + 1_500 * (i + 1)))
                            .toArray(String[]::new)));
        }
        checker = new ReaderProcess(Stream.concat(
                        Stream.of(settings).filter(setting -> !setting.contains("call-timeout")),
                        Stream.of("--sluice.reading.lease=60s"))
                .filter(setting -> !setting.contains("lease=2200ms"))
                .toArray(String[]::new));
    }

    @AfterContainer
    static void stop() {
        READER.forEach(ReaderProcess::close);
        checker.close();
        var kills = new TreeMap<String, Integer>();
        READER.forEach(reader -> reader.kills().forEach((when, count) -> kills.merge(when, count, Integer::sum)));
        System.out.println("Readers were killed: " + kills);
        assertThat(kills).isNotEmpty();
    }

    /** All notices that somebody still has to answer. */
    private final LinkedBlockingDeque<ObjectNotice> notices = new LinkedBlockingDeque<>();

    private final AtomicInteger unanswered = new AtomicInteger();

    private final AtomicInteger told = new AtomicInteger();

    @Property(tries = 2, shrinking = ShrinkingMode.OFF)
    void theNewestFilesAreWhatIsRead(@ForAll long seed) throws Exception {
        var random = new Random(seed);
        String folder = "try" + TRIES.incrementAndGet();
        Map<String, List<ModelContent>> history = new TreeMap<>();
        Map<String, Optional<ModelContent>> now = new TreeMap<>();
        var over = new AtomicBoolean();
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var running = new ArrayList<Future<?>>();
            for (ReaderProcess reader : READER) {
                var chance = new Random(random.nextLong());
                running.add(threads.submit(() -> readOn(reader, chance, over)));
            }
            running.add(threads.submit(() -> receive(over)));
            try {
                var late = new ArrayList<ObjectNotice>();
                for (int step = 0; step < 12; step++) {
                    String name = NAMES.get(random.nextInt(NAMES.size()));
                    String key = folder + "/" + name;
                    String version;
                    if (random.nextInt(5) == 0) {
                        version = cloud.s3Client()
                                .deleteObject(
                                        of -> of.bucket(resources.bucket()).key(key))
                                .versionId();
                        now.put(key, Optional.empty());
                    } else {
                        var content = ModelContent.random(folder, name, random);
                        version = cloud.s3Client()
                                .putObject(
                                        of -> of.bucket(resources.bucket()).key(key),
                                        RequestBody.fromBytes(content.bytes(name)))
                                .versionId();
                        history.computeIfAbsent(key, _ -> new ArrayList<>()).add(content);
                        now.put(key, Optional.of(content));
                    }
                    for (int copies = 1 + random.nextInt(2); copies > 0; copies--) {
                        Optional<String> named = Optional.ofNullable(version).filter(_ -> random.nextBoolean());
                        late.add(new ObjectNotice(resources.bucket(), key, named, Optional.empty()));
                    }
                    while (!late.isEmpty() && random.nextInt(4) > 0) {
                        tell(late.remove(random.nextInt(late.size())));
                    }
                }
                late.forEach(this::tell);
                await("seed " + seed).atMost(LONGEST).until(this::areAllAnswered);
            } finally {
                over.set(true);
            }
            for (var thread : running) {
                thread.get();
            }
        }
        READER.forEach(ReaderProcess::end);
        for (var object : now.entrySet()) {
            checkEntry(object.getKey(), object.getValue());
            List<ModelContent> past = ModelContent.isShared(object.getKey())
                    ? history.entrySet().stream()
                            .filter(one -> ModelContent.isShared(one.getKey()))
                            .flatMap(one -> one.getValue().stream())
                            .toList()
                    : history.getOrDefault(object.getKey(), List.of());
            checkRows(object.getKey(), object.getValue(), past);
        }
        checkTallies();
    }

    /** All tries' objects are counted, each once. */
    private static void checkTallies() {
        Map<String, Map<ObjectState, Long>> entries = cloud
                .dynamoDbClient()
                .scanPaginator(of -> of.tableName(resources.ledgerTable()).consistentRead(true))
                .items()
                .stream()
                .filter(LedgerItem::isObject)
                .map(item -> LedgerItem.entry(new Item(item)))
                .collect(groupingBy(LedgerEntry::feed, groupingBy(LedgerEntry::state, counting())));
        for (Feed feed : checker.bean(Feeds.class).all()) {
            var counts = new HashMap<>(
                    checker.bean(FeedActivity.class).of(feed.name(), 1).counts());
            counts.values().removeIf(count -> count == 0);
            assertThat(counts).as(feed.name()).isEqualTo(entries.getOrDefault(feed.name(), Map.of()));
        }
    }

    private void tell(ObjectNotice notice) {
        told.incrementAndGet();
        unanswered.incrementAndGet();
        notices.addLast(notice);
    }

    /** A killed reader's notices are told again, and another process takes its place. */
    private Void readOn(ReaderProcess reader, Random chance, AtomicBoolean over) throws Exception {
        reader.begin(chance, life(chance));
        while (!over.get()) {
            ObjectNotice notice = notices.poll(20, TimeUnit.MILLISECONDS);
            if (notice == null) {
                continue;
            }
            var invocation = new Invocation("model", Instant.now().plusMillis(5 + chance.nextInt(200)));
            try {
                reader.read(notice, invocation).unread().forEach(this::tell);
            } catch (KilledError _) {
                reader.begin(chance, life(chance));
                tell(notice);
            }
            unanswered.decrementAndGet();
        }
        return null;
    }

    /** Some die at their first calls, and few get through a try. */
    private static int life(Random chance) {
        return 1 + chance.nextInt(LONGEST_LIFE);
    }

    /** What readers leave in the work queue is told again. */
    private void receive(AtomicBoolean over) {
        while (!over.get()) {
            workQueue.take(this::tell);
        }
    }

    /** Neither may a notice come out of the queue between the two looks, nor be answered with another one. */
    private boolean areAllAnswered() {
        int before = told.get();
        return unanswered.get() == 0 && workQueue.isEmpty() && told.get() == before;
    }

    private static LedgerEntry entry(String key) {
        return checker.bean(Ledger.class)
                .find(ObjectId.of(resources.bucket(), key))
                .orElseThrow();
    }

    private static void checkEntry(String key, Optional<ModelContent> now) throws IOException {
        String name = key.substring(key.indexOf('/') + 1);
        LedgerEntry entry = entry(key);
        if (now.isEmpty()) {
            assertThat(entry.state()).as(key).isIn(ObjectState.REMOVED, ObjectState.MISSING);
        } else {
            ModelContent content = now.get();
            assertThat(entry.state()).as("%s: %s", key, entry).isEqualTo(ObjectState.DONE);
            assertThat(entry.version()).as(key).isEqualTo(version(key));
            int records = content.lines().size();
            assertThat(entry.counts().records()).as(key).isEqualTo(records);
            assertThat(entry.counts().rows()).as(key).isEqualTo(records - content.bad() - content.dropped());
            assertThat(entry.counts().rejects()).as(key).isEqualTo(content.bad());
            assertThat(entry.counts().dropped()).as(key).isEqualTo(content.dropped());
            assertThat(entry.bytes()).as(key).isEqualTo(content.bytes(name).length);
            List<Long> places = content.badPlaces(name);
            assertThat(rejectedLines(checker, entry)).as(key).isEqualTo(places);
            assertThat(entry.firstError().map(ReadersModelIT::place))
                    .as(key)
                    .isEqualTo(places.stream().findFirst());
        }
    }

    /** @param history what the object has ever held, and others whose rows have the same keys */
    private static void checkRows(String key, Optional<ModelContent> now, List<ModelContent> history) {
        String name = key.substring(key.indexOf('/') + 1);
        String version = entry(key).version();
        Map<String, String> wanted = now.map(ModelContent::rows).orElse(Map.of());
        Map<String, Row> rows = rows(checker, name, key.substring(0, key.indexOf('/')));
        wanted.forEach((id, text) -> {
            Row row = Optional.ofNullable(rows.get(id)).orElseThrow(() -> new AssertionError(id + " of " + key));
            if (ModelContent.isShared(key)) {
                assertThat(text(row)).as("%s in %s", id, key).isGreaterThanOrEqualTo(text);
            } else {
                assertThat(text(row)).as("%s in %s", id, key).isEqualTo(text);
                assertThat(row.source().version()).isEqualTo(version);
                assertThat(row.source().object()).isEqualTo(resources.bucket() + "/" + key);
            }
        });
        if (ModelContent.feed(name).equals("snapshot")) {
            assertThat(rows).as(key).containsOnlyKeys(wanted.keySet());
        }
        // Of a version that was overtaken while it was read any record may be there.
        rows.forEach((id, row) -> assertThat(history.stream().flatMap(content -> content.lines().stream()))
                .as("%s in %s", id, key)
                .contains(id + "," + text(row)));
    }

    private static long place(LedgerEntry.FirstError error) {
        return error.pointer()
                .map(pointer -> Long.parseLong(pointer.substring(1)))
                .orElse(error.line());
    }

    private static String text(Row row) {
        return row.data().get("text") instanceof Value.Text(String text) ? text : "";
    }

    private static String version(String key) {
        try {
            return cloud.s3Client()
                    .headObject(of -> of.bucket(resources.bucket()).key(key))
                    .versionId();
        } catch (NoSuchKeyException _) {
            return "";
        }
    }

    private static List<Long> rejectedLines(ReaderProcess reader, LedgerEntry entry) {
        var places = new ArrayList<Long>();
        String after = "";
        while (true) {
            RejectPage page = reader.bean(Rejects.class).list(entry, after, 50, 1 << 20);
            page.rejects().forEach(reject -> {
                JsonNode json = JsonMapper.shared().readTree(reject.utf8());
                places.add(
                        json.has("pointer")
                                ? Long.parseLong(json.path("pointer").asString().substring(1))
                                : json.path("line").asLong());
            });
            if (page.last().isEmpty()) {
                return places;
            }
            after = page.last().get();
        }
    }

    private static Map<String, Row> rows(ReaderProcess reader, String name, String folder) {
        String feed = ModelContent.feed(name);
        String prefix = (feed.equals("csv") ? name.replace(".csv", "") + "|" : "") + folder + "-";
        var rows = new ArrayList<Row>();
        String after = "";
        while (true) {
            RowPage page = reader.bean(RowTable.class).list(feed, prefix, after, 500);
            rows.addAll(page.rows());
            if (page.last().isEmpty()) {
                return rows.stream()
                        .collect(toMap(
                                row -> row.key().key().substring(row.key().key().indexOf('|') + 1), row -> row));
            }
            after = page.last().get();
        }
    }
}
