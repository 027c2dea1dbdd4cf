package dev.sluice.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A DynamoDB that takes every write and keeps nothing; whatever is asked, it finds the same: 50 entries of the ledger, or a
 * row of 10 fields.
 */
final class NoOpDynamo {

    private static final String ENTRY = """
            {"id":{"S":"YnVja2V0L2NvdW50cmllcy8ld%1$06d"},"bucket":{"S":"bucket"},"key":{"S":"countries/%1$06d.csv"},\
            "version":{"S":"3sL4kqtJlcpXroDTDmJ+rmSpXd3%1$06d"},"eTag":{"S":"9b2cf535f27731c974343645a3%1$06d"},\
            "feed":{"S":"countries"},"state":{"S":"done"},"reason":{"S":""},"message":{"S":""},"records":{"N":"1250"},\
            "rows":{"N":"1250"},"rejects":{"N":"0"},"dropped":{"N":"0"},"removed":{"N":"0"},"bytes":{"N":"250000"},\
            "attempts":{"N":"1"},"started":{"S":"2026-01-31T12:00:00.123456Z"},"finished":{"S":"2026-01-31T12:00:01.123456Z"},\
            "updated":{"S":"2026-01-31T12:00:01.123456Z"},"stateTime":{"S":"done#2026-01-31T12:00:01.123456#%1$08x"},\
            "holder":{"S":"0b1f2c6e-5a86-4e52-9a5c-2a7c9c1d4e11"}}""";

    private static final String ROW = """
            {"pk":{"S":"countries#07"},"sk":{"S":"DEU"},"data":{"M":{"id":{"N":"4711"},"order":{"S":"8c1f00d2a3b4c5d6"},\
            "customer":{"S":"Customer 004711"},"email":{"S":"customer.004711@mail.example.com"},\
            "placed":{"S":"2026-01-31T12:00:00Z"},"amount":{"N":"1234.56"},"city":{"S":"Reykjavík"},"status":{"S":"shipped"},\
            "reference":{"S":"00112233445566778899aabbccddeeff"},"note":{"S":"leave it with the neighbours"}}},\
            "source":{"M":{"object":{"S":"bucket/countries/000001.csv"},"version":{"S":"3sL4kqtJlcpXroDTDmJ+rmSpXd3000001"},\
            "line":{"N":"17"},"offset":{"N":"3400"}}}}""";

    private static final byte[] WRITTEN = ok("{\"UnprocessedItems\":{}}");
    private static final byte[] FOUND = ok("{\"Item\":" + ROW + "}");
    private static final byte[] LISTED = ok("{\"Count\":50,\"ScannedCount\":50,\"Items\":["
            + IntStream.range(0, 50).mapToObj(i -> ENTRY.formatted(49 - i)).collect(Collectors.joining(",")) + "]}");

    private NoOpDynamo() {}

    /** The second port answers after 5 ms. */
    public static void main(String[] arguments) throws IOException {
        NoOpServer.run(
                (target, body, length) -> {
                    body.skipNBytes(length);
                    return switch (target.substring(target.indexOf('.') + 1)) {
                        case "query" -> LISTED;
                        case "getitem" -> FOUND;
                        default -> WRITTEN;
                    };
                },
                Duration.ofMillis(5));
    }

    private static byte[] ok(String json) {
        return NoOpServer.ok("application/x-amz-json-1.0", json.getBytes(StandardCharsets.UTF_8));
    }
}
