package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import tools.jackson.databind.json.JsonMapper;

/** The two stream events, against the examples in Lambda's documents. */
class StreamEventTests {

    private static final String TABLE_STREAM =
            "arn:aws:dynamodb:us-east-1:000000000000:table/rows/stream/2026-01-01T00:00:00.000";
    private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/changes";

    @Test
    void aKinesisRecord() {
        var item = software.amazon.awssdk.services.kinesis.model.Record.builder()
                .partitionKey("orders/1")
                .sequenceNumber("49590338271490256608559692538361571095921575989136588898")
                .data(SdkBytes.fromUtf8String("Hello, this is a test."))
                .approximateArrivalTimestamp(Instant.ofEpochMilli(1_545_084_650_987L))
                .build();

        sameJson(new KinesisEvent(STREAM).item("shardId-000000000006", item), """
                {
                  "kinesis": {
                    "kinesisSchemaVersion": "1.0",
                    "partitionKey": "orders/1",
                    "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
                    "data": "SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==",
                    "approximateArrivalTimestamp": 1545084650.987
                  },
                  "eventSource": "aws:kinesis",
                  "eventVersion": "1.0",
                  "eventID": "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
                  "eventName": "aws:kinesis:record",
                  "invokeIdentityArn": "arn:aws:iam::000000000000:role/local",
                  "awsRegion": "us-east-1",
                  "eventSourceARN": "arn:aws:kinesis:us-east-1:000000000000:stream/changes"
                }
                """);
    }

    @Test
    void aDynamoRecordWithEveryAttributeType() {
        var every = Map.of(
                "s", AttributeValue.fromS("é"),
                "n", AttributeValue.fromN("12345678901234567890.12345678901234567"),
                "b", AttributeValue.fromB(SdkBytes.fromUtf8String("hello")),
                "bool", AttributeValue.fromBool(false),
                "nul", AttributeValue.fromNul(true),
                "ss", AttributeValue.fromSs(List.of("a", "b")),
                "ns", AttributeValue.fromNs(List.of("1", "2")),
                "bs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("hello"))),
                "l", AttributeValue.fromL(List.of(AttributeValue.fromS("x"), AttributeValue.fromL(List.of()))),
                "m", AttributeValue.fromM(Map.of("inner", AttributeValue.fromM(Map.of()))));
        var item = Record.builder()
                .eventID("7de3041dd709b024af6f29e4fa13d34c")
                .eventName(OperationType.INSERT)
                .dynamodb(change -> change.approximateCreationDateTime(Instant.ofEpochSecond(1_479_499_740))
                        .keys(Map.of("pk", AttributeValue.fromS("orders#01"), "sk", AttributeValue.fromS("1")))
                        .newImage(every)
                        .sequenceNumber("13021600000000001596893679")
                        .sizeBytes(112L)
                        .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                .build();

        sameJson(new DynamoEvent(TABLE_STREAM).item(item), """
                {
                  "eventID": "7de3041dd709b024af6f29e4fa13d34c",
                  "eventName": "INSERT",
                  "eventVersion": "1.1",
                  "eventSource": "aws:dynamodb",
                  "awsRegion": "us-east-1",
                  "dynamodb": {
                    "ApproximateCreationDateTime": 1479499740,
                    "Keys": {"pk": {"S": "orders#01"}, "sk": {"S": "1"}},
                    "NewImage": {
                      "s": {"S": "é"},
                      "n": {"N": "12345678901234567890.12345678901234567"},
                      "b": {"B": "aGVsbG8="},
                      "bool": {"BOOL": false},
                      "nul": {"NULL": true},
                      "ss": {"SS": ["a", "b"]},
                      "ns": {"NS": ["1", "2"]},
                      "bs": {"BS": ["aGVsbG8="]},
                      "l": {"L": [{"S": "x"}, {"L": []}]},
                      "m": {"M": {"inner": {"M": {}}}}
                    },
                    "SequenceNumber": "13021600000000001596893679",
                    "SizeBytes": 112,
                    "StreamViewType": "NEW_AND_OLD_IMAGES"
                  },
                  "eventSourceARN": "arn:aws:dynamodb:us-east-1:000000000000:table/rows/stream/2026-01-01T00:00:00.000"
                }
                """);
    }

    /** See <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html">DynamoDB
     * Streams and Time to Live</a>. */
    @Test
    void aRemovalByTimeToLiveNamesTheService() {
        var item = Record.builder()
                .eventID("1")
                .eventName(OperationType.REMOVE)
                .userIdentity(by -> by.type("Service").principalId("dynamodb.amazonaws.com"))
                .dynamodb(change -> change.approximateCreationDateTime(Instant.EPOCH)
                        .keys(Map.of("id", AttributeValue.fromS("1")))
                        .oldImage(Map.of("id", AttributeValue.fromS("1")))
                        .sequenceNumber("1")
                        .sizeBytes(4L)
                        .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                .build();

        var json = JsonMapper.shared().readTree(new DynamoEvent(TABLE_STREAM).item(item));

        assertThat(json.at("/userIdentity/type").asString()).isEqualTo("Service");
        assertThat(json.at("/userIdentity/principalId").asString()).isEqualTo("dynamodb.amazonaws.com");
        assertThat(json.path("dynamodb").has("NewImage")).isFalse();
        assertThat(json.at("/dynamodb/OldImage/id/S").asString()).isEqualTo("1");
    }

    private static void sameJson(String actual, String expected) {
        assertThat(JsonMapper.shared().readTree(actual))
                .isEqualTo(JsonMapper.shared().readTree(expected));
    }
}
