package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ImageDecoderTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                "{\"S\":\"a \\\"b\\\" 日本 😀\"}                    | \"a \\\"b\\\" 日本 😀\"",
                "{\"S\":\"\"}                                      | \"\"",
                "{\"N\":\"1.10\"}                                  | 1.10",
                "{\"N\":\"1E+2\"}                                  | 1E+2",
                "{\"N\":\"-0.5\"}                                  | -0.5",
                "{\"N\":\"12345678901234567890123456789012345678\"} | 12345678901234567890123456789012345678",
                "{\"B\":\"AAEC/w==\"}                              | \"AAEC/w==\"",
                "{\"BOOL\":true}                                   | true",
                "{\"BOOL\":false}                                  | false",
                "{\"NULL\":true}                                   | null",
                "{\"M\":{}}                                        | {}",
                "{\"L\":[]}                                        | []",
                "{\"SS\":[\"a\",\"b\"]}                            | [\"a\",\"b\"]",
                "{\"NS\":[\"1.10\",\"2\"]}                         | [1.10,2]",
                "{\"BS\":[\"AA==\"]}                               | [\"AA==\"]",
                "{\"M\":{\"S\":{\"S\":\"x\"},\"é\":{\"NULL\":true}}} | {\"S\":\"x\",\"é\":null}",
                "{\"L\":[{\"M\":{\"a\":{\"L\":[{\"N\":\"1\"},{\"M\":{}},{\"SS\":[\"s\"]}]}}},{\"BOOL\":false}]} | [{\"a\":[1,{},[\"s\"]]},false]"
            })
    void everyAttributeValueIsThePlainJsonItStandsFor(String attribute, String plain) {
        assertThat(decode("{\"image\":" + attribute + ",\"next\":{\"N\":\"7\"}}"))
                .containsExactly(Json.of(plain), Json.of("7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"secret\"",
                "null",
                "[]",
                "{}",
                "{\"X\":\"secret\"}",
                "{\"S\":\"secret\",\"N\":\"1\"}",
                "{\"S\":1}",
                "{\"S\":null}",
                "{\"N\":1}",
                "{\"N\":\"secret\"}",
                "{\"N\":\"\"}",
                "{\"N\":\"NaN\"}",
                "{\"N\":\"1,\\\"secret\\\":2\"}",
                "{\"BOOL\":\"secret\"}",
                "{\"BOOL\":{}}",
                "{\"BOOL\":null}",
                "{\"NULL\":{}}",
                "{\"NULL\":[1]}",
                "{\"M\":\"secret\"}",
                "{\"M\":null}",
                "{\"M\":[]}",
                "{\"M\":{\"a\":1}}",
                "{\"L\":\"secret\"}",
                "{\"L\":{}}",
                "{\"L\":[1]}",
                "{\"SS\":\"secret\"}",
                "{\"SS\":[1]}",
                "{\"SS\":[{\"S\":\"secret\"}]}",
                "{\"NS\":[\"secret\"]}"
            })
    void whatIsNoAttributeValueIsRefused(String attribute) {
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> decode("{\"image\":" + attribute + ",\"next\":{\"N\":\"7\"}}"))
                .withMessageNotContaining("secret");
    }

    /** Whatever an item holds, however its JSON is laid out and escaped. */
    @Property
    void aMapOfAnythingIsThePlainObject(@ForAll long seed) {
        var random = new Random(seed);
        ObjectNode attribute = JsonNodeFactory.instance.objectNode();
        JsonNode plain = any(random, 4, attribute);
        JsonMapper mapper = JsonMapper.builder()
                .configure(JsonWriteFeature.ESCAPE_NON_ASCII, random.nextBoolean())
                .configure(SerializationFeature.INDENT_OUTPUT, random.nextBoolean())
                .build();
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.set("a", attribute);
        event.set("b", attribute);

        List<Json> decoded = decode(mapper.writeValueAsString(event));

        assertThat(decoded).hasSize(2);
        assertThat(decoded.getFirst().tree()).isEqualTo(plain);
        assertThat(decoded.getLast()).isEqualTo(decoded.getFirst());
    }

    /** Some value as DynamoDB writes it, and as plain JSON. */
    private static JsonNode any(Random random, int depth, ObjectNode attribute) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0 -> {
                attribute.put("BOOL", random.nextBoolean());
                return attribute.path("BOOL");
            }
            case 1 -> {
                attribute.put("NULL", true);
                return nodes.nullNode();
            }
            case 2 -> {
                attribute.put("N", Integer.toString(random.nextInt()));
                return nodes.numberNode(attribute.path("N").asInt());
            }
            case 3 -> {
                attribute.put("S", text(random));
                return attribute.path("S");
            }
            case 4 -> {
                var set = attribute.putArray("SS");
                random.ints(random.nextInt(4)).forEach(_ -> set.add(text(random)));
                return set;
            }
            case 5 -> {
                var items = attribute.putArray("L");
                var plain = nodes.arrayNode();
                random.ints(random.nextInt(4)).forEach(_ -> plain.add(any(random, depth - 1, items.addObject())));
                return plain;
            }
            default -> {
                var fields = attribute.putObject("M");
                var plain = nodes.objectNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    String name = i + text(random);
                    plain.set(name, any(random, depth - 1, fields.putObject(name)));
                }
                return plain;
            }
        }
    }

    private static String text(Random random) {
        String all = "abc{}[],: \"\\\\\n\t\u0001é日😀";
        int[] points = all.codePoints().toArray();
        return random.ints(random.nextInt(12), 0, points.length)
                .mapToObj(i -> Character.toString(points[i]))
                .collect(Collectors.joining());
    }

    private static List<Json> decode(String object) {
        var decoded = new ArrayList<Json>();
        var json = new JsonCursor(object.getBytes(StandardCharsets.UTF_8));
        var images = new ImageDecoder(json);
        for (boolean more = json.object() && json.field(); more; more = json.field()) {
            decoded.add(images.plain());
        }
        return decoded;
    }
}
