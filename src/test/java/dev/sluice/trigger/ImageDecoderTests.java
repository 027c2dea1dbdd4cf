package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                .withMessage("A record of the stream holds no attribute value where one belongs.");
    }

    private static List<Json> decode(String object) {
        var decoded = new ArrayList<Json>();
        EventReader.object(
                object.getBytes(StandardCharsets.UTF_8), (name, value) -> decoded.add(ImageDecoder.plain(value)));
        return decoded;
    }
}
