package dev.sluice.value;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.annotation.JsonSerialize;

/** What a field holds. As JSON it is the plain value; a number keeps every digit it had. */
@JsonSerialize(using = ValueJson.class)
public sealed interface Value {

    /** Characters, possibly none. */
    record Text(String text) implements Value {}

    /** A number as the digits that were read, in JSON's notation. */
    record Num(String digits) implements Value {}

    /** True or false. */
    record Bool(boolean truth) implements Value {}

    /** The explicit absence of a value. */
    enum Null implements Value {
        NULL
    }

    /** Values in order. */
    record Items(List<Value> values) implements Value {}

    /** Named values, in the order they were read. */
    record Fields(Map<String, Value> values) implements Value {}
}
