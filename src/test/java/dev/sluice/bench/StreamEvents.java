package dev.sluice.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/** Events of a DynamoDB stream as Lambda hands them over. */
public final class StreamEvents {

    private StreamEvents() {}

    /**
     * Small rows of 4 fields that were modified, 525 bytes a record.
     *
     * @param keys how many rows the records are of, in turns
     */
    public static byte[] modified(int records, int keys) {
        var random = new SplittableRandom(1);
        var event = new StringBuilder("{\"Records\":[");
        for (int i = 0; i < records; i++) {
            String image =
                    "{\"data\":{\"M\":{\"name\":{\"S\":\"Customer %05d\"},\"n\":{\"N\":\"%d\"},\"ok\":{\"BOOL\":true}}}}";
            event.append(i == 0 ? "" : ",")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"eventID\":\"%016x%016x\",\"eventName\":\"MODIFY\",\"eventVersion\":\"1.1\",\"eventSource\":\"aws:dynamodb\","
                                    + "\"awsRegion\":\"eu-west-1\",\"dynamodb\":{\"ApproximateCreationDateTime\":%d,\"Keys\":{\"pk\":{\"S\":\"orders#%02d\"},"
                                    + "\"sk\":{\"S\":\"key-%06d\"}},\"NewImage\":%s,\"OldImage\":%s,\"SequenceNumber\":\"4%020d\","
                                    + "\"SizeBytes\":112,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}}",
                            random.nextLong(),
                            random.nextLong(),
                            1_795_338_930 + i / 100,
                            i % keys % 16,
                            i % keys,
                            image.formatted(random.nextInt(100_000), i),
                            image.formatted(random.nextInt(100_000), i - 1),
                            i));
        }
        return event.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
