package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.web.WebRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every sample, changed at random: it reaches its own bean or none, and nothing of it is told in an error or a log. */
@ExtendWith(OutputCaptureExtension.class)
class DoorFuzzTests {

    private static final int TIMES = 1_000;
    private static final String DEEP = "[".repeat(2_000) + "]".repeat(2_000);
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1e999999999",
            "9".repeat(1_500),
            "1.".concat("0".repeat(900)),
            "\"\"",
            "\"s3cret value\"",
            "\"\\ud800 s3cret\"",
            "\"\\u0000\\n\\r s3cret\"",
            "\"😀 s3cret 日本\"",
            "[]",
            "{}",
            "[\"s3cret value\"]",
            "{\"field\":1}",
            "{\"M\":".repeat(200) + "{}" + "}".repeat(200),
            DEEP,
            "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000));

    @ParameterizedTest
    @MethodSource("dev.sluice.trigger.SampleEvents#all")
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a hang, not a slow machine
    void aChangedEventReachesItsBeanOrNone(String sample, CapturedOutput output) {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println("-Dfuzz.seed=" + seed + " for " + sample);
        var random = new Random(seed);
        JsonNode event = JsonMapper.shared().readTree(Door.sample(sample));
        var door = new Door();
        Set<Class<?>> own = own(sample, event, door);
        var texts = new LinkedHashSet<String>();
        texts(event, texts);
        texts.add("s3cret");
        int refused = 0;
        for (int i = 0; i < TIMES; i++) {
            String changed = new Change(random, event).text();
            String message = "";
            try {
                door.send(changed);
            } catch (MalformedEventException
                    | UnknownEventException
                    | RefusedFunctionException
                    | RefusedTriggerException e) {
                message = String.valueOf(e.getMessage());
                assertThat(e.getCause()).isNull();
                refused++;
            }
            assertThat(message).as(changed).doesNotContain(texts).doesNotContain("😀");
            for (Object given : door.given) {
                assertThat(own).as(changed).contains(given.getClass());
                assertThat(changed).doesNotContain("\"methodArn\"", "\"routeArn\"");
            }
            door.given.clear();
        }
        assertThat(refused).isBetween(TIMES / 20, TIMES - 1 + (own.isEmpty() || sample.startsWith("foreign/") ? 1 : 0));
        assertThat(output.getAll()).doesNotContain(texts);
    }

    /** What the bean gets that the event is for. An authorizer's question without its mark is a request. */
    private static Set<Class<?>> own(String sample, JsonNode event, Door door) {
        if (sample.startsWith("foreign/authorizer")) {
            return Set.of(WebRequest.class);
        }
        if (sample.equals("direct.json") || sample.startsWith("foreign/")) {
            return Set.of();
        }
        door.send(event.toString());
        return Set.of(door.given.removeLast().getClass());
    }

    /** Texts that stand in the event and in nothing that Sluice writes; the id of an SQS message may be told. */
    private static void texts(JsonNode node, Set<String> texts) {
        if (node.isString() && node.asString().length() >= 10) {
            texts.add(node.asString());
        }
        node.properties().forEach(field -> {
            if (!field.getKey().equals("messageId")) {
                texts(field.getValue(), texts);
            }
        });
        if (node.isArray()) {
            node.forEach(item -> texts(item, texts));
        }
    }

    /** One to three changes of one event. */
    private static final class Change {

        private final Random random;
        private final StringBuilder out = new StringBuilder();
        private final Set<Integer> targets = new LinkedHashSet<>();
        private int at;

        Change(Random random, JsonNode event) {
            this.random = random;
            int nodes = count(event);
            int changes = 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                targets.add(random.nextInt(nodes));
            }
            write(event);
        }

        private static int count(JsonNode node) {
            int nodes = 1;
            for (JsonNode child : node) {
                nodes += count(child);
            }
            return nodes;
        }

        String text() {
            String text = out.toString();
            int cut = random.nextInt(Math.max(1, text.length()));
            return switch (random.nextInt(20)) {
                case 0 -> text.substring(0, cut);
                case 1 -> text.substring(0, cut) + (char) random.nextInt(0x250) + text.substring(cut);
                case 2 -> text + random.nextInt(10);
                case 3 -> "\uFEFF" + text;
                default -> text;
            };
        }

        private void write(JsonNode node) {
            boolean here = targets.contains(at++);
            if (here && (node.isValueNode() || random.nextInt(4) == 0)) {
                out.append(VALUES.get(random.nextInt(VALUES.size())));
                at += count(node) - 1;
            } else if (node.isObject()) {
                var fields = new ArrayList<>(node.properties());
                if (here && !fields.isEmpty()) {
                    int one = random.nextInt(fields.size());
                    switch (random.nextInt(4)) {
                        case 0 -> fields.remove(one);
                        case 1 -> fields.add(fields.get(one));
                        case 2 -> fields.add(one, Map.entry("x" + random.nextInt(), node));
                        default -> Collections.shuffle(fields, random);
                    }
                }
                out.append('{');
                String comma = "";
                for (var field : fields) {
                    out.append(comma)
                            .append(JsonMapper.shared().writeValueAsString(field.getKey()))
                            .append(':');
                    write(field.getValue());
                    comma = ",";
                }
                out.append('}');
            } else if (node.isArray()) {
                var items = new ArrayList<JsonNode>();
                node.forEach(items::add);
                if (here && !items.isEmpty()) {
                    switch (random.nextInt(3)) {
                        case 0 -> items.removeLast();
                        case 1 -> items.add(items.getFirst());
                        default -> Collections.shuffle(items, random);
                    }
                }
                out.append('[');
                String comma = "";
                for (JsonNode item : items) {
                    out.append(comma);
                    write(item);
                    comma = ",";
                }
                out.append(']');
            } else {
                out.append(node);
            }
        }
    }
}
