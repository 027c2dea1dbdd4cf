package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** The live tail through the local server: a row changes, and who is connected sees it. */
class LiveTailIT {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final String BATCH = """
            {"deliveries":[{"sequence":"1","event":{"specversion":"1.0","id":"while-stuck","source":"/sluice",
            "type":"dev.sluice.row.inserted","subject":"countries/XXC","time":"2026-11-29T12:00:00Z","sequence":"1",
            "datacontenttype":"application/json","data":{"feed":"countries","key":"XXC","before":null,"after":{}}}}]}""";

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start("live-tail");
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    /** A client that keeps what it is told. */
    private static final class Client implements WebSocket.Listener, AutoCloseable {

        private final Queue<JsonNode> heard = new ConcurrentLinkedQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final HttpClient http = HttpClient.newHttpClient();
        private final WebSocket socket;

        Client(String ticket) {
            socket =
                    http.newWebSocketBuilder().buildAsync(address(ticket), this).join();
            awaitEffect();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard.add(RunningSluice.JSON.readTree(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        /** Says what it wants to see, and waits for the answer. */
        void wants(String filter) {
            socket.sendText(filter, true).join();
            await().until(() -> heard.contains(RunningSluice.JSON.readTree(filter)));
            awaitEffect();
        }

        /** Who has connected, and what they want to see, is known a second later. */
        private static void awaitEffect() {
            Instant known = Instant.now().plusSeconds(1);
            await().until(() -> Instant.now().isAfter(known));
        }

        List<JsonNode> changes() {
            return heard.stream()
                    .flatMap(message -> message.path("changes").valueStream())
                    .toList();
        }

        @Override
        public void close() {
            socket.abort();
            http.close();
        }
    }

    private static URI address(String ticket) {
        return URI.create(sluice.at("/live").toString().replaceFirst("http", "ws") + "?ticket=" + ticket);
    }

    private static String ticket() {
        return RunningSluice.JSON
                .readTree(sluice.post("/api/live/ticket", "").body())
                .path("ticket")
                .asString();
    }

    @Test
    void aChangeOfARowIsSeenByWhoWantsToSeeIt() {
        try (var all = new Client(ticket());
                var one = new Client(ticket())) {
            one.wants("{\"feed\":\"countries\",\"key\":\"XXB\"}");

            sluice.upload("countries/live.csv", "ISO3166-1-Alpha-3,name\nXXA,first\nXXB,second\n");

            await().untilAsserted(() -> assertThat(all.changes())
                    .extracting(change -> change.path("key").asString())
                    .contains("XXA", "XXB"));
            await().untilAsserted(() -> assertThat(one.changes()).hasSize(1));
            JsonNode change = one.changes().getFirst();
            assertThat(change.path("feed").asString()).isEqualTo("countries");
            assertThat(change.path("key").asString()).isEqualTo("XXB");
            assertThat(change.path("kind").asString()).isEqualTo("inserted");
            assertThat(change.path("before").isNull()).isTrue();
            assertThat(change.path("after").path("name").asString()).isEqualTo("second");
            assertThat(Instant.parse(change.path("time").asString()))
                    .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(2));
        }
    }

    @Test
    void aTicketLetsOneIn() {
        String ticket = ticket();
        try (var _ = new Client(ticket)) {
            assertThat(refusal(ticket)).isEqualTo(401);
            assertThat(refusal("")).isEqualTo(401);
            assertThat(refusal("s3cret")).isEqualTo(401);
        }
    }

    private static int refusal(String ticket) {
        try (var http = HttpClient.newHttpClient()) {
            return http.newWebSocketBuilder()
                    .buildAsync(address(ticket), new WebSocket.Listener() {})
                    .handle((_, failure) -> failure.getCause() instanceof WebSocketHandshakeException refused
                            ? refused.getResponse().statusCode()
                            : 0)
                    .join();
        }
    }

    @Test
    void whoHasLeftIsForgotten() {
        put("gone");
        try (var client = new Client(ticket())) {
            sluice.upload("places/gone.ndjson", "{\"id\":\"gone\"}\n");

            await().until(() -> !connections().contains("gone"));
            await().untilAsserted(() -> assertThat(client.changes()).isNotEmpty());
        }
        await().untilAsserted(() -> assertThat(connections()).isEmpty());
    }

    @Test
    void aClientThatNeverReadsKeepsNeitherTheProcessorNorOthersWaiting() throws Exception {
        try (var client = new Client(ticket());
                var stuck = new Socket()) {
            List<String> before = connections();
            connect(stuck, ticket());
            String connection = connections().stream()
                    .filter(id -> !before.contains(id))
                    .findFirst()
                    .orElseThrow();
            fill(connection);

            assertThat(sluice.post("/functions/processChanges", BATCH).body()).isEqualTo("{\"batchItemFailures\":[]}");
            await().untilAsserted(() -> assertThat(client.changes())
                    .extracting(change -> change.path("id").asString())
                    .contains("while-stuck"));

            await().untilAsserted(() -> assertThat(connections()).doesNotContain(connection));
        }
    }

    /** Makes a connection and reads no more of it than that it is made. */
    private static void connect(Socket socket, String ticket) throws IOException {
        URI address = address(ticket);
        socket.setReceiveBufferSize(4 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()));
        String request = """
                GET %s?%s HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                \r
                """.formatted(address.getPath(), address.getQuery(), address.getPort());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 101");
    }

    /** Sends messages until one is not taken in time, and the next one has to wait for it: it is not just slow. */
    private static void fill(String connection) {
        for (int i = 0; i < 1_000; i++) {
            if (!isTakenSoon(connection) && send(connection, "x", LONGEST) != 200) {
                return;
            }
        }
        fail("The connection takes everything.");
    }

    private static boolean isTakenSoon(String connection) {
        try {
            return send(connection, "x".repeat(100_000), Duration.ofMillis(500)) == 200;
        } catch (UncheckedIOException e) {
            assertThat(e).hasCauseInstanceOf(HttpTimeoutException.class);
            return false;
        }
    }

    private static int send(String connection, String message, Duration longest) {
        return sluice.send(HttpRequest.newBuilder(sluice.at("/@connections/" + connection))
                        .timeout(longest)
                        .POST(BodyPublishers.ofString(message)))
                .statusCode();
    }

    @Test
    void messagesAreTakenAsApiGatewayTakesThem() {
        try (var client = new Client(ticket())) {
            List<String> open = connections();
            String message = "{\"changes\":[],\"text\":\"%s\"}".formatted("ä".repeat(1_000));
            assertThat(open).isNotEmpty().allSatisfy(connection -> {
                assertThat(send(connection, message, LONGEST)).isIn(200, 410);
                assertThat(send(connection, "x".repeat(128 * 1024 + 1), LONGEST))
                        .isIn(413, 410);
            });
            await().until(() -> client.heard.contains(RunningSluice.JSON.readTree(message)));
            assertThat(send("nobody", "{}", LONGEST)).isEqualTo(410);
            var ofAPage = HttpRequest.newBuilder(sluice.at("/@connections/" + open.getFirst()))
                    .header("Origin", sluice.at("").toString())
                    .POST(BodyPublishers.ofString("{}"));
            assertThat(sluice.send(ofAPage).statusCode()).isEqualTo(403);
        }
    }

    /** A connection of an hour ago that there is none of. */
    private static void put(String connection) {
        long expires = Instant.now().plusSeconds(3_600).getEpochSecond();
        sluice.cloud().dynamoDbClient().putItem(put -> put.tableName(
                        sluice.resources().connectionsTable())
                .item(Map.of(
                        "id", AttributeValue.fromS(connection),
                        "expires", AttributeValue.fromN(Long.toString(expires)))));
    }

    private static List<String> connections() {
        return sluice
                .cloud()
                .dynamoDbClient()
                .scan(scan -> scan.tableName(sluice.resources().connectionsTable()))
                .items()
                .stream()
                .map(item -> item.getOrDefault("id", AttributeValue.fromS("")).s())
                .filter(id -> !id.startsWith("ticket:"))
                .toList();
    }
}
