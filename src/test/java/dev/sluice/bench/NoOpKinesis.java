package dev.sluice.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.dataformat.cbor.CBORMapper;

/** A Kinesis that takes every PutRecord and PutRecords and keeps nothing; its answers are as long as the real ones. */
final class NoOpKinesis {

    private static final byte[] KEY = "PartitionKey".getBytes(StandardCharsets.US_ASCII);
    private static final String SEQUENCE = "49657" + "1234567890".repeat(5) + "1";

    private NoOpKinesis() {}

    /** The second port answers after 10 ms. */
    public static void main(String[] arguments) throws IOException {
        NoOpServer.run(
                (target, body, length) ->
                        answer(target.endsWith(".putrecords") ? records(body.readNBytes(length)) : skip(body, length)),
                Duration.ofMillis(10));
    }

    private static int skip(InputStream in, int length) throws IOException {
        in.skipNBytes(length);
        return 0;
    }

    private static int records(byte[] body) {
        int records = 0;
        for (int i = 0; i + KEY.length <= body.length; i++) {
            int k = 0;
            while (k < KEY.length && body[i + k] == KEY[k]) {
                k++;
            }
            if (k == KEY.length) {
                records++;
                i += k;
            }
        }
        return records;
    }

    private static byte[] answer(int records) {
        var mapper = new CBORMapper();
        var reply = mapper.createObjectNode();
        if (records == 0) {
            reply.put("ShardId", "shardId-000000000001").put("SequenceNumber", SEQUENCE);
        } else {
            var list = reply.put("FailedRecordCount", 0).putArray("Records");
            for (int i = 0; i < records; i++) {
                list.addObject().put("SequenceNumber", SEQUENCE).put("ShardId", "shardId-000000000001");
            }
        }
        return NoOpServer.ok("application/x-amz-cbor-1.1", mapper.writeValueAsBytes(reply));
    }
}
