package dev.sluice.trigger;

import dev.sluice.change.Change;
import dev.sluice.change.ChangeBatch;
import dev.sluice.value.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The records of a DynamoDB stream's event (Amazon DynamoDB API Reference, Record and StreamRecord). */
final class StreamRecords {

    static final String SOURCE = "aws:dynamodb";

    private static final int NANOS = 9;
    private static final int MOST_DIGITS = 20;

    /** Few records have fewer bytes. */
    private static final int SMALL_RECORD = 512;

    private static final byte[] RECORDS = name("Records");
    private static final byte[] EVENT_SOURCE = name("eventSource");
    private static final byte[] OTHER_SOURCE = name("EventSource");
    private static final byte[] EVENT_ID = name("eventID");
    private static final byte[] EVENT_NAME = name("eventName");
    private static final byte[] DYNAMODB = name("dynamodb");
    private static final byte[] TIME = name("ApproximateCreationDateTime");
    private static final byte[] KEYS = name("Keys");
    private static final byte[] NEW_IMAGE = name("NewImage");
    private static final byte[] OLD_IMAGE = name("OldImage");
    private static final byte[] SEQUENCE = name("SequenceNumber");
    private static final byte[] PARTITION_KEY = name("pk");
    private static final byte[] SORT_KEY = name("sk");
    private static final byte[] DATA = name("data");
    private static final byte[] IDENTITY = name("userIdentity");
    private static final byte[] TYPE = name("type");
    private static final byte[] PRINCIPAL = name("principalId");

    private final byte[] event;
    private final JsonCursor json;
    private final ImageDecoder images;
    private int foreign;

    // Records tell a few feeds and seconds again and again.
    private String feed = "";
    private String instantText = "0";
    private Instant instant = Instant.EPOCH;

    // Of the record that is read.
    private String source = "";
    private String id = "";
    private String kind = "";
    private String partition = "";
    private String key = "";
    private String time = "";
    private String sequence = "";
    private String identity = "";
    private String principal = "";
    private Json before = Json.NULL;
    private Json after = Json.NULL;

    StreamRecords(byte[] event) {
        this.event = event;
        json = new JsonCursor(event);
        images = new ImageDecoder(json);
    }

    private static byte[] name(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The changes of rows among them.
     *
     * @throws UnknownEventException if the event is also of another sort
     * @throws MalformedEventException if it is not what AWS documents
     */
    ChangeBatch changes() {
        var changes = new ArrayList<Change>(event.length / SMALL_RECORD);
        for (boolean more = json.object() && json.field(); more; more = json.field()) {
            if (json.named(RECORDS)) {
                for (boolean next = json.array() && json.item(); next; next = json.item()) {
                    record(changes);
                }
            } else if (Sort.marked(json.name()).isPresent()) {
                throw EventLook.refusal(event);
            } else {
                json.skip();
            }
        }
        json.end();
        return new ChangeBatch(changes);
    }

    /** How many changes are of items that Sluice has not written. */
    int foreign() {
        return foreign;
    }

    private void record(List<Change> changes) {
        source = id = kind = partition = key = time = sequence = identity = principal = "";
        before = after = Json.NULL;
        for (boolean more = json.object() && json.field(); more; more = json.field()) {
            if (json.named(EVENT_ID)) {
                id = json.text();
            } else if (json.named(EVENT_NAME)) {
                kind = json.commonText();
            } else if (json.named(DYNAMODB)) {
                dynamodb();
            } else if (json.named(EVENT_SOURCE)) {
                source = source.isEmpty() ? json.commonText() : source + json.commonText();
            } else if (json.named(OTHER_SOURCE)) {
                throw EventLook.refusal(event);
            } else if (json.named(IDENTITY)) {
                identity();
            } else {
                json.skip();
            }
        }
        if (!source.equals(SOURCE)) {
            throw EventLook.refusal(event);
        }
        if (id.isEmpty() || sequence.isEmpty()) {
            throw new MalformedEventException("A record of the stream lacks its id or sequence number.");
        }
        int mark = partition.lastIndexOf('#');
        if (mark < 0 || key.isEmpty() || (before.isNull() && after.isNull())) {
            foreign++;
        } else {
            changes.add(new Change(id, kind(), feed(mark), key, time(), sequence, before, after, expired()));
        }
    }

    private void dynamodb() {
        for (boolean more = json.object() && json.field(); more; more = json.field()) {
            if (json.named(TIME)) {
                time = json.commonText();
            } else if (json.named(KEYS)) {
                keys();
            } else if (json.named(NEW_IMAGE)) {
                after = data(after);
            } else if (json.named(OLD_IMAGE)) {
                before = data(before);
            } else if (json.named(SEQUENCE)) {
                sequence = json.text();
            } else {
                json.skip();
            }
        }
    }

    private void keys() {
        for (boolean more = json.object() && json.field(); more; more = json.field()) {
            if (json.named(PARTITION_KEY)) {
                partition = keyText(partition, JsonCursor::commonText);
            } else if (json.named(SORT_KEY)) {
                key = keyText(key, JsonCursor::text);
            } else {
                json.skip();
            }
        }
    }

    private String keyText(String otherwise, Function<JsonCursor, String> read) {
        String text = otherwise;
        for (boolean more = json.object() && json.field(); more; more = json.field()) {
            text = read.apply(json);
        }
        return text;
    }

    private Json data(Json otherwise) {
        Json data = otherwise;
        for (boolean more = json.object() && json.field(); more; more = json.field()) {
            if (json.named(DATA)) {
                data = images.plain();
            } else {
                json.skip();
            }
        }
        return data;
    }

    private void identity() {
        for (boolean more = json.object() && json.field(); more; more = json.field()) {
            if (json.named(TYPE)) {
                identity = json.text();
            } else if (json.named(PRINCIPAL)) {
                principal = json.text();
            } else {
                json.skip();
            }
        }
    }

    /** Amazon DynamoDB Developer Guide, "DynamoDB Streams and Time to Live". */
    private boolean expired() {
        return identity.equals("Service") && principal.equals("dynamodb.amazonaws.com");
    }

    private Change.Kind kind() {
        return switch (kind) {
            case "INSERT" -> Change.Kind.INSERTED;
            case "MODIFY" -> Change.Kind.MODIFIED;
            case "REMOVE" -> Change.Kind.REMOVED;
            default -> throw new MalformedEventException("A record of the stream has no known eventName.");
        };
    }

    private String feed(int length) {
        if (feed.length() != length || !partition.startsWith(feed)) {
            feed = partition.substring(0, length);
        }
        return feed;
    }

    private Instant time() {
        if (!time.equals(instantText)) {
            instant = instant(time);
            instantText = time;
        }
        return instant;
    }

    /** Seconds since 1970, whole or with a fraction, in any of JSON's notations. */
    private static Instant instant(String time) {
        try {
            return time.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Instant.ofEpochSecond(Long.parseLong(time))
                    : exactInstant(time);
        } catch (ArithmeticException | NumberFormatException | DateTimeException _) {
            throw new MalformedEventException("A record of the stream has no time.");
        }
    }

    private static Instant exactInstant(String time) {
        var seconds = new BigDecimal(time);
        // Of 1e999999999 the digits alone would take minutes.
        if (Math.abs((long) seconds.scale()) > MOST_DIGITS) {
            throw new ArithmeticException();
        }
        long whole = seconds.longValue();
        long nanos = seconds.subtract(BigDecimal.valueOf(whole))
                .movePointRight(NANOS)
                .longValue();
        return Instant.ofEpochSecond(whole, nanos);
    }
}
