package dev.sluice.live;

import dev.sluice.SluiceApplication;
import dev.sluice.bench.Figures;
import dev.sluice.bench.Samples;
import dev.sluice.change.ChangeEventBatch;
import dev.sluice.change.ChangeEventBatch.Delivery;
import dev.sluice.local.LocalCloud;
import dev.sluice.local.LocalResources;
import dev.sluice.value.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * 500 changes a second for 100 clients of the local server, all of it in one JVM: what they are told, what is dropped, and
 * how long the processor takes for a batch with the live tail and without it.
 */
final class LiveBench {

    private static final int CLIENTS = 100;
    private static final int BATCH = 50;
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final int BATCHES = 200;
    private static final int KEYS = 1_000;
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private static final String EVENT = """
            {"specversion":"1.0","id":"5f0c3a7e8a434a8e9d556a8a%08d","source":"/sluice","type":"dev.sluice.row.modified",\
            "subject":"subdivisions/MA|%3$d","time":"2026-11-29T12:00:00Z","sequence":"%2$040d",\
            "datacontenttype":"application/json","data":{"feed":"subdivisions","key":"MA|%3$d",\
            "before":{"SUCountry":"MA","SUCode":"%3$d","SUName":"El Kelâa des Sraghna","SUType":"Province"},\
            "after":{"SUCountry":"MA","SUCode":"%3$d","SUName":"Kelaat Sraghna","SUType":"Province"}}}""";

    private final Function<ChangeEventBatch, ?> processChanges;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI web;
    private final List<Client> clients = new ArrayList<>();
    private int made;

    private LiveBench(ConfigurableApplicationContext context) {
        web = URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
        processChanges = processor(context);
    }

    @SuppressWarnings("unchecked")
    private static Function<ChangeEventBatch, ?> processor(ConfigurableApplicationContext context) {
        return (Function<ChangeEventBatch, ?>) context.getBean("processChanges");
    }

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        LocalCloud cloud = LocalCloud.shared();
        cloud.useInThisJvm();
        String[] settings = Stream.concat(
                        Stream.of(
                                "--server.port=0",
                                "--management.endpoints.access.default=none",
                                "--logging.level.dev.sluice=warn"),
                        LocalResources.create(cloud, "live-bench").settings(cloud).entrySet().stream()
                                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue()))
                .toArray(String[]::new);
        try (var context = new SpringApplicationBuilder(SluiceApplication.class).run(settings)) {
            new LiveBench(context).measure(figures);
        }
        figures.write();
        System.exit(0);
    }

    private void measure(Figures figures) throws Exception {
        run(Optional.empty());
        say(figures, "without liveTail", run(Optional.of("logSummary")));
        say(figures, "with liveTail, nobody connected", run(Optional.empty()));
        connect();
        int connected = made;
        run(Optional.empty());
        awaitEnd(made - connected);
        clients.forEach(Client::reset);
        int before = made;
        say(figures, "with liveTail, 100 clients", run(Optional.empty()));
        long offered = (long) (made - before) * CLIENTS;
        awaitEnd(made - before);
        long delivered =
                clients.stream().mapToLong(client -> client.changes.sum()).sum();
        long dropped =
                clients.stream().mapToLong(client -> client.dropped.sum()).sum();
        figures.say("changes for all clients", "changes", one(offered));
        figures.say("delivered", "changes", one(delivered));
        figures.say("dropped", "changes", one(dropped));
        figures.atMost(0, "neither delivered nor told as dropped", "changes", one(offered - delivered - dropped));
        figures.say(
                "messages",
                "messages",
                one(clients.stream().mapToLong(client -> client.messages.sum()).sum()));
        figures.say("between two messages of a client", "ms", gaps());
    }

    private Samples gaps() {
        return new Samples(
                clients.stream().flatMap(client -> client.gaps.stream()).toList());
    }

    private static void say(Figures figures, String how, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        figures.say("a batch of 50 " + how, "ms", new Samples(millis));
        figures.say("99 % of the batches " + how, "ms", one(sorted.get(sorted.size() * 99 / 100)));
    }

    private static Samples one(Number value) {
        return new Samples(List.of(value.doubleValue()));
    }

    /** How long the processor takes for each batch, in milliseconds. */
    private List<Double> run(Optional<String> consumer) throws InterruptedException {
        var millis = new ArrayList<Double>();
        long next = System.nanoTime();
        for (int i = 0; i < BATCHES; i++) {
            var batch = new ChangeEventBatch(deliveries(), consumer);
            Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            long begun = System.nanoTime();
            Object _ = processChanges.apply(batch);
            millis.add((System.nanoTime() - begun) / 1e6);
            next += PERIOD.toNanos();
        }
        return millis;
    }

    private List<Delivery> deliveries() {
        var deliveries = new ArrayList<Delivery>();
        for (int i = 0; i < BATCH; i++) {
            made++;
            deliveries.add(new Delivery(Integer.toString(made), Json.of(EVENT.formatted(made, made, made % KEYS))));
        }
        return deliveries;
    }

    private void connect() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            HttpRequest ask = HttpRequest.newBuilder(web.resolve("/api/live/ticket"))
                    .POST(BodyPublishers.noBody())
                    .build();
            String ticket = JsonMapper.shared()
                    .readTree(http.send(ask, BodyHandlers.ofString()).body())
                    .path("ticket")
                    .asString();
            var client = new Client();
            http.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws"
                                    + web.resolve("/live?ticket=" + ticket)
                                            .toString()
                                            .substring(4)),
                            client)
                    .join();
            clients.add(client);
        }
    }

    /** Until every client has been told of so many changes, or that they were dropped. */
    private void awaitEnd(int changes) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_END.toNanos();
        while (System.nanoTime() < end
                && clients.stream().anyMatch(client -> client.changes.sum() + client.dropped.sum() < changes)) {
            Thread.sleep(50);
        }
    }

    /** Counts; to parse what it is told would cost more than to send it. */
    private static final class Client implements WebSocket.Listener {

        private static final String CHANGE = "{\"id\":";
        private static final String DROPPED = "\"dropped\":";

        private final LongAdder changes = new LongAdder();
        private final LongAdder dropped = new LongAdder();
        private final LongAdder messages = new LongAdder();
        private final List<Double> gaps = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private long last;

        void reset() {
            changes.reset();
            dropped.reset();
            messages.reset();
            gaps.clear();
            last = 0;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean whole) {
            text.append(data);
            if (whole) {
                count();
            }
            socket.request(1);
            return null;
        }

        private void count() {
            long now = System.nanoTime();
            if (last > 0) {
                gaps.add((now - last) / 1e6);
            }
            last = now;
            messages.increment();
            int found = 0;
            for (int at = text.indexOf(CHANGE); at >= 0; at = text.indexOf(CHANGE, at + CHANGE.length())) {
                found++;
            }
            changes.add(found);
            int from = text.lastIndexOf(DROPPED) + DROPPED.length();
            dropped.add(Long.parseLong(text.substring(from, text.length() - 1)));
            text.setLength(0);
        }
    }
}
