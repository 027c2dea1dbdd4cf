package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** In whatever order an event's fields stand, it is the same event. */
class EventOrderTests {

    private static final int TIMES = 150;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The parts whose fields change places too. In others their order is content. */
    private static final Set<String> PARTS =
            Set.of("requestContext", "s3", "bucket", "object", "dynamodb", "kinesis", "Sns", "detail", "attributes");

    private final Door door = new Door();

    /** What an event has come to. */
    record Outcome(String trigger, String reply, List<Object> given) {}

    @ParameterizedTest
    @MethodSource("dev.sluice.trigger.SampleEvents#taken")
    void anEventIsToldAndReadAlikeInAnyOrder(String sample) {
        JsonNode event = JSON.readTree(Door.sample(sample).replace("reconcileObjects", "invocable"));
        Outcome expected = outcome(event.toString());
        assertThat(expected.given()).hasSizeLessThanOrEqualTo(1);
        Random random = random(sample);
        for (int i = 0; i < TIMES; i++) {
            String shuffled = shuffled(event, random).toString();
            assertThat(outcome(shuffled)).as(shuffled).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.trigger.SampleEvents#foreign")
    void aForeignEventIsRefusedAlikeInAnyOrder(String sample) {
        JsonNode event = JSON.readTree(Door.sample(sample));
        List<Object> expected = refusal(event.toString());
        Random random = random(sample);
        for (int i = 0; i < TIMES; i++) {
            String shuffled = shuffled(event, random).toString();
            assertThat(refusal(shuffled)).as(shuffled).isEqualTo(expected);
        }
    }

    /** An event of two kinds is one of neither, whichever of them is seen first. */
    @ParameterizedTest
    @CsvSource({
        "s3, http",
        "s3, eventbridge",
        "s3, s3-test",
        "s3, direct",
        "stream, http-rest",
        "stream, s3-test",
        "kinesis, eventbridge",
        "sqs, direct",
        "sns, http-alb",
        "eventbridge, http",
        "eventbridge, direct",
        "direct, http-url",
        "http, http-rest",
        "http, http-alb",
        "http-rest, http-alb",
        "http-v1, http-alb-many",
        "http-alb, http-alb-many",
        "http-alb-many, http-alb",
        "foreign/kafka-msk, http",
        "foreign/authorizer-2.0, http-rest"
    })
    void anEventOfTwoKindsIsRefusedInAnyOrder(String one, String other) {
        var both = (ObjectNode) JSON.readTree(Door.sample(one + ".json"));
        for (var field : JSON.readTree(Door.sample(other + ".json")).properties()) {
            if (field.getKey().equals("requestContext") && both.path("requestContext") instanceof ObjectNode context) {
                field.getValue().properties().forEach(part -> context.set(part.getKey(), part.getValue()));
            } else if (!both.has(field.getKey())) {
                both.set(field.getKey(), field.getValue());
            }
        }
        Random random = random(one + " and " + other);
        for (int i = 0; i < TIMES; i++) {
            String shuffled = shuffled(both, random).toString();
            assertThat(catchThrowable(() -> door.send(shuffled)))
                    .as(shuffled)
                    .isInstanceOf(UnknownEventException.class)
                    .hasNoCause();
        }
        assertThat(door.given).isEmpty();
    }

    private Outcome outcome(String event) {
        String reply = door.send(event);
        var given = List.copyOf(door.given);
        door.given.clear();
        return new Outcome(door.kind(event), reply, given);
    }

    /** What is said before the names, and the names. */
    private List<Object> refusal(String event) {
        Throwable thrown = catchThrowable(() -> door.send(event));
        assertThat(thrown).isInstanceOf(UnknownEventException.class);
        String message = String.valueOf(thrown.getMessage());
        int names = message.indexOf("keys are: ");
        return List.of(
                message.substring(0, names),
                new TreeSet<>(List.of(message.substring(names, message.length() - 1)
                        .replace("keys are: ", "")
                        .split(", "))));
    }

    private static Random random(String what) {
        long seed = Long.getLong("order.seed", System.nanoTime());
        System.out.println("-Dorder.seed=" + seed + " for " + what);
        return new Random(seed);
    }

    private static ObjectNode shuffled(JsonNode object, Random random) {
        var fields = new ArrayList<>(object.properties());
        Collections.shuffle(fields, random);
        Map<String, JsonNode> ordered = new LinkedHashMap<>();
        fields.forEach(field -> ordered.put(field.getKey(), part(field, random)));
        ObjectNode shuffled = JSON.createObjectNode();
        shuffled.setAll(ordered);
        return shuffled;
    }

    private static JsonNode part(Map.Entry<String, JsonNode> field, Random random) {
        JsonNode value = field.getValue();
        if (field.getKey().equals("Records") && value.isArray()) {
            ArrayNode records = JSON.createArrayNode();
            value.forEach(record -> records.add(shuffled(record, random)));
            return records;
        }
        return PARTS.contains(field.getKey()) && value.isObject() ? shuffled(value, random) : value;
    }
}
