package dev.sluice.object;

import com.github.luben.zstd.Zstd;
import dev.sluice.object.ReadingCloud.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Reads objects with a record of 1 GB each and prints what became of them; {@link LongRecordTests} gives it a small heap. */
final class LongRecord {

    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 1024;

    private LongRecord() {}

    private interface Packer {
        byte[] pack(byte[] bytes) throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        var json = new JsonMapper();
        try (var cloud = new ReadingCloud(
                List.of(),
                "--sluice.feeds[0].name=lines",
                "--sluice.feeds[0].match.key=lines/*",
                "--sluice.feeds[0].format=lines",
                "--sluice.feeds[1].name=csv",
                "--sluice.feeds[1].match.key=csv/*",
                "--sluice.feeds[1].format=csv",
                "--sluice.feeds[2].name=json",
                "--sluice.feeds[2].match.key=json/*",
                "--sluice.feeds[2].format=json")) {
            for (var object : Map.of(
                            "lines/plain", content(bytes -> bytes, "first\n", "\nlast"),
                            "csv/quoted.gz", content(LongRecord::gzip, "id,text\n1,a\n2,\"", "\"\n3,c\n"),
                            "json/text.zst", content(Zstd::compress, "[{\"id\":1},{\"id\":\"", "\"},{\"id\":3}]"))
                    .entrySet()) {
                System.out.println("read " + json.writeValueAsString(cloud.read(object.getKey(), object.getValue())));
            }
        }
    }

    /** Packed block by block: both gzip and zstd may consist of several parts. */
    private static Content content(Packer packer, String before, String after) throws IOException {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) 'x');
        var parts = new ArrayList<byte[]>();
        parts.add(packer.pack(before.getBytes(StandardCharsets.UTF_8)));
        parts.addAll(Collections.nCopies(BLOCKS, packer.pack(block)));
        parts.add(packer.pack(after.getBytes(StandardCharsets.UTF_8)));
        return new Content(
                parts.stream().mapToLong(part -> part.length).sum(),
                () -> new SequenceInputStream(Collections.enumeration(parts.stream()
                        .<InputStream>map(ByteArrayInputStream::new)
                        .toList())));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
