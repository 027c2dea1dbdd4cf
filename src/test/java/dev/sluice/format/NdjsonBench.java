package dev.sluice.format;

import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import dev.sluice.bench.Sample;
import dev.sluice.value.Value;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * NDJSON against one Jackson parser over all lines that only reads every token's text. Our reader has made every text when
 * it gives a record's fields, so nobody walks through them in the race; that both read the same is looked at before.
 */
final class NdjsonBench {

    private static final int MAX_RECORD = 1024 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private NdjsonBench() {}

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        byte[] bytes = Sample.PLACES.bytes();
        long fields = read(bytes);
        long characters = charactersRead(bytes);
        if (characters != tokens(bytes)) {
            throw new IllegalStateException("Reader and Jackson do not read the same.");
        }
        var race = Race.byThreadCpu()
                .add("framer and parser", () -> read(bytes) == fields ? characters : -1)
                .add("Jackson", () -> tokens(bytes))
                .run();
        for (String name : List.of("framer and parser", "Jackson")) {
            figures.say(name + " over PLACES", "MB/CPU s", race.seconds(name).map(s -> bytes.length / s / 1e6));
        }
        figures.atLeast(
                0.75,
                "speed of framer and parser / Jackson streaming over PLACES",
                "x",
                race.seconds("Jackson").over(race.seconds("framer and parser")));
        figures.write();
    }

    private static long read(byte[] bytes) throws Exception {
        Records records = records(bytes);
        long fields = 0;
        while (records.next()) {
            fields += records.fields().size();
        }
        return fields;
    }

    private static long charactersRead(byte[] bytes) throws Exception {
        Records records = records(bytes);
        long characters = 0;
        while (records.next()) {
            characters += characters(records.fields());
        }
        return characters;
    }

    private static Records records(byte[] bytes) throws Exception {
        return new Ndjson()
                .open(new ByteArrayInputStream(bytes), List.of(), new RecordLimits(MAX_RECORD, Long.MAX_VALUE));
    }

    private static long characters(Map<String, Value> fields) {
        long characters = 0;
        for (var field : fields.entrySet()) {
            characters += field.getKey().length() + characters(field.getValue());
        }
        return characters;
    }

    private static long characters(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text.length();
            case Value.Num(String digits) -> digits.length();
            case Value.Bool(boolean truth) -> truth ? 4 : 5;
            case Value.Null _ -> 4;
            case Value.Items(var items) ->
                items.stream().mapToLong(NdjsonBench::characters).sum();
            case Value.Fields(var fields) -> characters(fields);
        };
    }

    private static long tokens(byte[] bytes) {
        long characters = 0;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), new ByteArrayInputStream(bytes))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (!token.isStructStart() && !token.isStructEnd()) {
                    characters += json.getString().length();
                }
            }
        }
        return characters;
    }
}
