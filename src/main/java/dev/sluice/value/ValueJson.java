package dev.sluice.value;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

final class ValueJson extends ValueSerializer<Value> {

    @Override
    public void serialize(Value value, JsonGenerator json, SerializationContext context) {
        write(value, json);
    }

    private static void write(Value value, JsonGenerator json) {
        switch (value) {
            case Value.Text(String text) -> json.writeString(text);
            case Value.Num(String digits) -> json.writeNumber(digits);
            case Value.Bool(boolean truth) -> json.writeBoolean(truth);
            case Value.Null _ -> json.writeNull();
            case Value.Items(var values) -> {
                json.writeStartArray();
                values.forEach(item -> write(item, json));
                json.writeEndArray();
            }
            case Value.Fields(var values) -> {
                json.writeStartObject();
                values.forEach((name, field) -> {
                    json.writeName(name);
                    write(field, json);
                });
                json.writeEndObject();
            }
        }
    }
}
