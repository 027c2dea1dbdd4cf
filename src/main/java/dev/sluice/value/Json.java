package dev.sluice.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;

/** One JSON value as its UTF-8 text, carried unparsed: numbers keep every digit, and what nobody reads costs nothing. */
@JsonSerialize(using = JsonText.Writer.class)
@JsonDeserialize(using = JsonText.Reader.class)
public final class Json {

    /** The JSON value {@code null}. */
    public static final Json NULL = of("null");

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final byte[] utf8;

    private Json(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** Takes the array over: the caller no longer changes it. */
    public static Json of(byte[] utf8) {
        return new Json(utf8);
    }

    public static Json of(String text) {
        return new Json(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The UTF-8 text; not to be changed. */
    public byte[] utf8() {
        return utf8;
    }

    public boolean isNull() {
        return equals(NULL);
    }

    /**
     * The parsed value, with exact numbers.
     *
     * @throws JacksonException if it is not JSON
     */
    public JsonNode tree() {
        return EXACT.readTree(utf8);
    }

    /**
     * The value bound to a type of the caller's.
     *
     * @throws JacksonException if it does not fit
     */
    public <T> T as(Class<T> type) {
        return EXACT.readValue(utf8, type);
    }

    /**
     * Whether both are the same value, as long as both write numbers alike and leave no blanks, as DynamoDB does: the
     * order of an object's fields does not count.
     */
    public boolean sameValue(Json other) {
        return equals(other)
                || (utf8.length == other.utf8.length && sum() == other.sum() && tree().equals(other.tree()));
    }

    /** The same for the same bytes in any order: most values that differ are told by it, and need not be parsed. */
    private long sum() {
        long sum = 0;
        for (byte b : utf8) {
            sum += (b + 37L) * (b + 37L) * b;
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Json json && Arrays.equals(utf8, json.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    /** Its size only: the content never gets into a log by accident. */
    @Override
    public String toString() {
        return "Json[" + utf8.length + " bytes]";
    }
}
