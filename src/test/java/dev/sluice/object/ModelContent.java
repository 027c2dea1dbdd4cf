package dev.sluice.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** What lies at a key: good lines as id and text, and how many bad ones and such as are to be dropped between them. */
record ModelContent(List<String> lines, Map<String, String> rows, int bad, int dropped) {

    static ModelContent random(String folder, String name, Random random) {
        var lines = new ArrayList<String>();
        var rows = new HashMap<String, String>();
        int bad = 0;
        int dropped = 0;
        for (int left = random.nextInt(120); left > 0; left--) {
            if (random.nextInt(10) == 0) {
                lines.add("bad");
                bad++;
            } else {
                String id = folder + "-" + random.nextInt(150);
                String text = "%08x".formatted(random.nextInt());
                if (name.equals("lines.ndjson") && text.startsWith("f")) {
                    lines.add(id + "," + text);
                    dropped++;
                } else if (!name.equals("unique.pieces") || !rows.containsKey(id)) {
                    lines.add(id + "," + text);
                    rows.merge(id, text, (before, after) -> isShared(name) ? later(before, after) : after);
                }
            }
        }
        return new ModelContent(List.copyOf(lines), rows, bad, dropped);
    }

    static String later(String one, String other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    byte[] bytes(String name) throws IOException {
        return switch (name) {
            case "plain.csv", "unique.pieces" -> csv(lines, true);
            case "packed.csv" -> {
                var packed = new ByteArrayOutputStream();
                int half = lines.size() / 2;
                packed.write(gzip(csv(lines.subList(0, half), true)));
                packed.write(gzip(csv(lines.subList(half, lines.size()), false)));
                yield packed.toByteArray();
            }
            case "array.json" ->
                ("[" + String.join(",", lines.stream().map(ModelContent::json).toList()) + "]").getBytes(UTF_8);
            default ->
                lines.stream()
                        .map(line -> json(line) + "\n")
                        .reduce("", String::concat)
                        .getBytes(UTF_8);
        };
    }

    private static byte[] csv(List<String> lines, boolean header) {
        return ((header ? "id,text\n" : "") + String.join("\n", lines) + "\n").getBytes(UTF_8);
    }

    private static String json(String line) {
        String[] fields = line.split(",", -1);
        return fields.length == 2 ? "{\"id\":\"%s\",\"text\":\"%s\"}".formatted(fields[0], fields[1]) : "{}";
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    /** Where its bad lines stand. Of an array everything is in one line; there the place in the array tells. */
    List<Long> badPlaces(String name) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).equals("bad"))
                .mapToLong(i -> switch (feed(name)) {
                    case "csv", "pieces" -> i + 2;
                    case "array" -> i;
                    default -> i + 1;
                })
                .boxed()
                .toList();
    }

    /** The feed of an object of that name. */
    static String feed(String name) {
        return switch (name.substring(name.indexOf('.') + 1)) {
            case "csv" -> "csv";
            case "ndjson" -> "lines";
            case "json" -> "array";
            case String other -> other;
        };
    }

    /** Whether its rows have keys that rows of another object have too, of which the newest stays. */
    static boolean isShared(String key) {
        return key.endsWith(".shared");
    }
}
