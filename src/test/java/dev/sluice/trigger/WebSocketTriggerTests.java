package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.live.LiveReply;
import dev.sluice.live.LiveRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketTriggerTests {

    private static final Instant CONNECTED = Instant.parse("2026-11-22T09:15:30.123Z");

    private final Door door = new Door();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '´',
            value = {
                "websocket-connect;    CONNECT;    kX3v0bqJm8sT1uYw5zR7cFhL2nPdG4aE6iOjVtBQxSk; ´´",
                "websocket-message;    MESSAGE;    ´´; {\"feed\":\"countries\",\"key\":\"DEU\"}",
                "websocket-route;      MESSAGE;    ´´; {\"action\":\"watch\",\"feed\":\"subdivisions\"}",
                "websocket-disconnect; DISCONNECT; ´´; ´´"
            })
    void eachSampleReachesTheBeanOfItsType(String sample, String bean, String ticket, String body) {
        door.send(Door.sample(sample + ".json"));

        assertThat(door.given)
                .containsExactly(new LiveRequest("TVbq6fW1IAMCJxw=", Optional.of(CONNECTED), ticket, body));
        assertThat(door.live).containsExactly(bean);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$default", "$connect", "$disconnect", "anything", ""})
    void aMessageIsOneByWhateverRoute(String route) {
        door.send(event("\"routeKey\":\"%s\",\"eventType\":\"MESSAGE\",\"connectionId\":\"c\"".formatted(route), ""));

        assertThat(door.live).containsExactly("MESSAGE");
    }

    @Test
    void theReplyHasABodyIfThereIsOne() {
        assertThat(door.send(Door.sample("websocket-connect.json"))).isEqualTo("{\"statusCode\":200}");
        door.liveReply = new LiveReply(410, "{\"é\":\"\\\"\"}");
        assertThat(door.send(Door.sample("websocket-message.json")))
                .isEqualTo("{\"statusCode\":410,\"body\":\"{\\\"é\\\":\\\"\\\\\\\"\\\"}\"}");
    }

    @Test
    void aBodyIsTextHoweverItTravels() {
        String message = "\"eventType\":\"MESSAGE\",\"connectionId\":\"c\"";
        door.send(event(message, ",\"body\":\"w6k=\",\"isBase64Encoded\":true"));
        door.send(event(message, ",\"isBase64Encoded\":false,\"body\":\"w6k=\""));
        door.send(event(message, ",\"body\":null"));

        assertThat(door.given)
                .containsExactly(
                        new LiveRequest("c", Optional.empty(), "", "é"),
                        new LiveRequest("c", Optional.empty(), "", "w6k="),
                        new LiveRequest("c", Optional.empty(), "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"Ticket\":\"t\"}", "{\"ticket\":null}", "{\"ticket\":\"\"}"})
    void withoutATicketInTheQueryThereIsNone(String query) {
        door.send(event("\"eventType\":\"CONNECT\",\"connectionId\":\"c\"", ",\"queryStringParameters\":" + query));

        assertThat(door.given).containsExactly(new LiveRequest("c", Optional.empty(), "", ""));
    }

    @Test
    void fieldsThatAreNotKnownChangeNothing() {
        door.send(event(
                "\"x\":[{}],\"connectionId\":\"c\",\"y\":{\"eventType\":\"DISCONNECT\"},\"eventType\":\"CONNECT\"",
                ",\"headers\":{\"httpMethod\":\"GET\"},\"apiGatewayUrl\":\"u\""));

        assertThat(door.live).containsExactly("CONNECT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"eventType\":\"secret\",\"connectionId\":\"c\"",
                "\"eventType\":\"connect\",\"connectionId\":\"c\"",
                "\"eventType\":null,\"connectionId\":\"c\"",
                "\"eventType\":{},\"connectionId\":\"c\"",
                "\"eventType\":\"CONNECT\",\"connectionId\":\"\"",
                "\"eventType\":\"CONNECT\",\"connectionId\":null",
                "\"eventType\":\"CONNECT\",\"connectionId\":[\"secret\"]",
                "\"eventType\":\"CONNECT\",\"connectionId\":\"c\",\"connectedAt\":\"secret\"",
                "\"eventType\":\"CONNECT\",\"connectionId\":\"c\",\"connectedAt\":1e99",
                "\"eventType\":\"CONNECT\",\"connectionId\":\"c\",\"connectedAt\":99999999999999999999"
            })
    void anEventThatIsNotAsDocumentedIsRefused(String context) {
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send(event(context, ",\"body\":\"secret\"")))
                .withMessageNotContaining("secret");
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send(event(
                        "\"eventType\":\"MESSAGE\",\"connectionId\":\"c\"",
                        ",\"body\":\"secret!\",\"isBase64Encoded\":true")))
                .withMessageNotContaining("secret");
        assertThat(door.given).isEmpty();
    }

    /** Wherever the marks stand, first or last. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"version\":\"2.0\",\"routeKey\":\"r\",\"rawPath\":\"/secret\"",
                "\"resource\":\"/\",\"path\":\"/secret\",\"httpMethod\":\"GET\"",
                "\"httpMethod\":\"GET\",\"path\":\"/secret\",\"headers\":{},\"multiValueHeaders\":{}",
                "\"function\":\"invocable\"",
                "\"methodArn\":\"secret\",\"type\":\"REQUEST\"",
                "\"Records\":[]"
            })
    void whatAlsoLooksLikeSomethingElseIsRefused(String marks) {
        String context =
                "\"requestContext\":{\"connectionId\":\"c\",\"eventType\":\"CONNECT\",\"http\":{\"method\":\"GET\"},\"elb\":{}}";
        for (String event : List.of("{" + marks + "," + context + "}", "{" + context + "," + marks + "}")) {
            assertThat(catchThrowable(() -> door.send(event)))
                    .as(event)
                    .isInstanceOf(UnknownEventException.class)
                    .hasMessageNotContaining("secret");
        }
        assertThat(door.given).isEmpty();
    }

    /** Amazon API Gateway Developer Guide, "Control access to WebSocket APIs with AWS Lambda REQUEST authorizers". */
    @Test
    void anAuthorizersCallIsNoConnection() {
        String event = Door.sample("websocket-connect.json").strip();
        String call = event.substring(0, event.lastIndexOf('}'))
                + ",\"type\":\"REQUEST\",\"methodArn\":\"arn:aws:execute-api:us-east-1:1:a/live/$connect\"}";

        assertThatExceptionOfType(UnknownEventException.class)
                .isThrownBy(() -> door.send(call))
                .withMessageStartingWith(
                        "The event is a call of an API Gateway authorizer, of which Sluice takes none.");
        assertThat(door.given).isEmpty();
    }

    @Test
    void theLookEndsBehindTheContext() {
        assertThat(door.kind("{\"requestContext\":{\"eventType\":\"MESSAGE\",\"connectionId\":\"c\"},\"x\""))
                .isEqualTo("websocket");
        for (String http : List.of("http", "http-v1", "http-rest", "http-url", "http-alb", "http-alb-many")) {
            assertThat(door.kind(Door.sample(http + ".json"))).as(http).isEqualTo("http");
        }
    }

    @Test
    void itIsRefusedWhereItIsNotAccepted() {
        String sample = Door.sample("websocket-connect.json");
        assertThatExceptionOfType(RefusedTriggerException.class)
                .isThrownBy(() -> door.send(sample, List.of("http", "s3"), Map.of()))
                .withMessageContaining("'websocket'");
        assertThat(door.given).isEmpty();
        door.send(sample, List.of("websocket"), Map.of());
        assertThat(door.live).containsExactly("CONNECT");
    }

    private static String event(String context, String more) {
        return "{\"requestContext\":{" + context + "}" + more + "}";
    }
}
