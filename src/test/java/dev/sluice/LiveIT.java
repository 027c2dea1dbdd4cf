package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.Item;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of connections, through the door. */
class LiveIT {

    private static final Path EVENTS = Path.of("src", "test", "resources", "events");
    private static final String DONE = "{\"statusCode\":200}";

    private final Instant connected = Instant.now();

    /** Two hours later, in seconds. */
    private final AttributeValue expires = AttributeValue.fromN(Long.toString(connected.getEpochSecond() + 7200));

    @SuppressWarnings("NullAway.Init")
    private static RunningSluice sluice;

    @BeforeAll
    static void start() {
        sluice = RunningSluice.start("live");
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @Test
    void aConnectionIsKeptForAsLongAsItCanLast() throws IOException {
        assertThat(send("connect", "kept")).isEqualTo(DONE);

        assertThat(item("kept")).isEqualTo(Map.of("id", AttributeValue.fromS("kept"), "expires", expires));
        assertThat(sluice.cloud()
                        .dynamoDbClient()
                        .describeTimeToLive(
                                of -> of.tableName(sluice.resources().connectionsTable()))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("expires");
    }

    @Test
    void aMessageSetsTheFilterAndIsAnsweredWithIt() throws IOException {
        send("connect", "message");

        JsonNode reply = RunningSluice.JSON.readTree(send("message", "message"));

        assertThat(reply.path("statusCode").asInt()).isEqualTo(200);
        assertThat(reply.path("body").asString()).isEqualTo("{\"feed\":\"countries\",\"key\":\"DEU\"}");
        assertThat(filter("message")).isEqualTo(Map.of("feed", "countries", "key", "DEU"));
        assertThat(item("message")).containsEntry("expires", expires);
    }

    @Test
    void aMessageByARouteOfItsOwnDoesTheSame() throws IOException {
        send("connect", "route");
        send("message", "route");

        JsonNode reply = RunningSluice.JSON.readTree(send("route", "route"));

        assertThat(reply.path("body").asString()).isEqualTo("{\"feed\":\"subdivisions\"}");
        assertThat(filter("route")).isEqualTo(Map.of("feed", "subdivisions"));
    }

    @Test
    void anEmptyObjectClearsTheFilter() throws IOException {
        send("connect", "cleared");
        send("message", "cleared");

        assertThat(message("cleared", "{}").path("body").asString()).isEqualTo("{}");

        assertThat(filter("cleared")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s3cret", "[\"s3cret\"]", "{\"feed\":5}", "{\"feed\":\"s3cret\",\"key\":[]}", "{} s3cret"})
    void aMalformedMessageIsRefusedAndChangesNothing(String body) throws IOException {
        send("connect", "malformed");
        send("message", "malformed");
        var before = item("malformed");

        JsonNode reply = message("malformed", body);

        assertThat(reply.path("statusCode").asInt()).isEqualTo(400);
        assertThat(RunningSluice.JSON
                        .readTree(reply.path("body").asString())
                        .path("status")
                        .asInt())
                .isEqualTo(400);
        assertThat(reply.toString()).doesNotContain("s3cret");
        assertThat(item("malformed")).isEqualTo(before).containsKey("filter");
    }

    @Test
    void aConnectionThatIsNotKnownIsGoneAndStaysSo() throws IOException {
        JsonNode reply = RunningSluice.JSON.readTree(send("message", "stranger"));

        assertThat(reply.path("statusCode").asInt()).isEqualTo(410);
        assertThat(reply.path("body").asString()).contains("\"status\":410");
        assertThat(item("stranger")).isEmpty();
    }

    @Test
    void whatIsDisconnectedIsNotKeptAndTheOthersAre() throws IOException {
        send("connect", "leaving");
        send("connect", "staying");
        send("message", "leaving");

        assertThat(send("disconnect", "leaving")).isEqualTo(DONE);

        assertThat(item("leaving")).isEmpty();
        assertThat(item("staying")).isNotEmpty();
        // AWS may tell twice.
        assertThat(send("disconnect", "leaving")).isEqualTo(DONE);
    }

    @Test
    void theBeansAreCalledByName() {
        Instant before = Instant.now();
        String connect = "{\"connection\":\"by-name\",\"ticket\":\"%s\"}".formatted(ticket());
        assertThat(sluice.post("/functions/liveConnect", connect).body()).isEqualTo("{\"status\":200,\"body\":\"\"}");
        HttpResponse<String> set = sluice.post(
                "/functions/liveMessage", "{\"connection\":\"by-name\",\"body\":\"{\\\"key\\\":\\\"DEU\\\"}\"}");

        assertThat(set.body()).isEqualTo("{\"status\":200,\"body\":\"{\\\"key\\\":\\\"DEU\\\"}\"}");
        assertThat(new Item(item("by-name")).number("expires"))
                .isBetween(before.getEpochSecond() + 7200, Instant.now().getEpochSecond() + 7200);

        assertThat(sluice.post("/functions/liveDisconnect", "{\"connection\":\"by-name\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(item("by-name")).isEmpty();
        assertThat(sluice.post("/functions/liveConnect", "{\"body\":\"{}\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aTableThatCannotBeReachedIsAnErrorOfTheCall() throws IOException {
        try (var without = RunningSluice.start("live-without")) {
            without.cloud()
                    .dynamoDbClient()
                    .deleteTable(of -> of.tableName(without.resources().connectionsTable()));
            for (String event : List.of("connect", "message", "disconnect")) {
                HttpResponse<String> reply = without.post(
                        "/functions/triggerRouter", sample(event, "s3cret").toString());

                assertThat(reply.statusCode()).as(event).isEqualTo(500);
                assertThat(reply.body()).contains("ResourceNotFoundException").doesNotContain("s3cret", "DEU");
            }
        }
    }

    private String send(String event, String connection) throws IOException {
        return sluice.post("/functions/triggerRouter", sample(event, connection).toString())
                .body();
    }

    private static String ticket() {
        return RunningSluice.JSON
                .readTree(sluice.post("/api/live/ticket", "").body())
                .path("ticket")
                .asString();
    }

    private JsonNode message(String connection, String body) throws IOException {
        ObjectNode event = sample("message", connection).put("body", body);
        return RunningSluice.JSON.readTree(
                sluice.post("/functions/triggerRouter", event.toString()).body());
    }

    private ObjectNode sample(String event, String connection) throws IOException {
        var sample = (ObjectNode)
                RunningSluice.JSON.readTree(Files.readString(EVENTS.resolve("websocket-" + event + ".json")));
        if (event.equals("connect")) {
            ((ObjectNode) sample.path("queryStringParameters")).put("ticket", ticket());
        }
        ((ObjectNode) sample.path("requestContext"))
                .put("connectionId", connection)
                .put("connectedAt", connected.toEpochMilli());
        return sample;
    }

    private static Map<String, AttributeValue> item(String connection) {
        return sluice.cloud()
                .dynamoDbClient()
                .getItem(get -> get.tableName(sluice.resources().connectionsTable())
                        .key(Map.of("id", AttributeValue.fromS(connection)))
                        .consistentRead(true))
                .item();
    }

    private static Map<String, String> filter(String connection) {
        var filter = new HashMap<String, String>();
        new Item(item(connection)).map("filter").attributes().forEach((name, value) -> filter.put(name, value.s()));
        return filter;
    }
}
