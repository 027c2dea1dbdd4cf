package dev.sluice.row;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** Spreads a feed's rows over several partition keys, {@code feed#00} and up, so that one feed is not one hot partition. */
record Partitions(int count) {

    String of(RowKey key) {
        var crc = new CRC32();
        crc.update(key.key().getBytes(StandardCharsets.UTF_8));
        return name(key.feed(), (int) (crc.getValue() % count));
    }

    List<String> all(String feed) {
        return IntStream.range(0, count).mapToObj(i -> name(feed, i)).toList();
    }

    private static String name(String feed, int number) {
        return feed + (number < 10 ? "#0" : "#") + number;
    }

    /** The feed that a partition key belongs to. */
    static String feed(String partition) {
        return partition.substring(0, partition.lastIndexOf('#'));
    }
}
