package dev.sluice.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/** Files like those that people have: the samples, repeated, and a made-up table of orders. */
public enum Sample {
    /** 4 short fields, 28 bytes a row. */
    SUBDIVISIONS("samples/subdivisions/subdivision-codes.csv", true),
    /** 56 fields in several scripts, some of them quoted, 530 bytes a row. */
    COUNTRIES("samples/countries/country-codes.csv", true),
    /** 10 fields, 200 bytes a row, one of them quoted in each tenth row. */
    ORDERS("", true),
    /** NDJSON with lists and objects in it, 310 bytes a line. */
    PLACES("samples/places/a-m.ndjson", false);

    private static final int BYTES = 20 * 1024 * 1024;
    private static final String[] CITIES = {"Lisbon", "Wrocław", "Buenos Aires", "Osaka", "Cape Town", "Reykjavík"};

    private final String file;
    private final boolean hasHeader;

    Sample(String file, boolean hasHeader) {
        this.file = file;
        this.hasHeader = hasHeader;
    }

    /** About 20 MB. */
    public byte[] bytes() throws IOException {
        if (file.isEmpty()) {
            return orders(BYTES / 200);
        }
        byte[] once = Files.readAllBytes(Path.of(file));
        int header = 0;
        while (hasHeader && once[header++] != '\n') {}
        var all = new ByteArrayOutputStream(BYTES + once.length);
        all.write(once, 0, header);
        while (all.size() < BYTES) {
            all.write(once, header, once.length - header);
        }
        return all.toByteArray();
    }

    /** Orders with ids from 0 on. */
    public static byte[] orders(int rows) {
        var random = new SplittableRandom(1);
        var text = new StringBuilder("id,order,customer,email,placed,amount,city,status,reference,note\n");
        for (int i = 0; i < rows; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%016x,Customer %06d,customer.%06d@mail.example.com,2026-%02d-%02dT%02d:%02d:00Z,%d.%02d,%s,%s,%016x%016x,%s%n",
                    i,
                    random.nextLong(),
                    random.nextInt(1_000_000),
                    random.nextInt(1_000_000),
                    random.nextInt(1, 13),
                    random.nextInt(1, 29),
                    random.nextInt(24),
                    random.nextInt(60),
                    random.nextInt(10_000),
                    random.nextInt(100),
                    CITIES[random.nextInt(CITIES.length)],
                    random.nextBoolean() ? "shipped" : "open",
                    random.nextLong(),
                    random.nextLong(),
                    i % 10 == 0 ? "\"leave it at the door, \"\"please\"\"\"" : "leave it with the neighbours"));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
