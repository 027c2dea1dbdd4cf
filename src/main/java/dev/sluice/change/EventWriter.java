package dev.sluice.change;

import dev.sluice.value.Json;
import dev.sluice.value.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes change events, one after the other, as CloudEvents 1.0 in JSON (CloudEvents, "JSON Event Format"). The row's data
 * is copied as it is, which a generator would decode and encode again.
 */
final class EventWriter {

    private static final byte[] ID = ascii("{\"specversion\":\"1.0\",\"id\":");
    private static final byte[] SOURCE = ascii(",\"source\":");
    private static final byte[] TYPE = ascii(",\"type\":");
    private static final byte[] SUBJECT = ascii(",\"subject\":");
    private static final byte[] TIME = ascii(",\"time\":");
    private static final byte[] SEQUENCE = ascii(",\"sequence\":");
    private static final byte[] OMITTED = ascii(",\"omitted\":\"before\"");
    private static final byte[] EXPIRED = ascii(",\"expired\":true");
    private static final byte[] TRACEPARENT = ascii(",\"traceparent\":");
    private static final byte[] CONTENT_TYPE = ascii(",\"datacontenttype\":\"application/json\"");
    private static final byte[] DATA = ascii(",\"data\":");
    private static final byte[] DATAREF = ascii(",\"dataref\":");
    private static final byte[] FEED = ascii("{\"feed\":");
    private static final byte[] KEY = ascii(",\"key\":");
    private static final byte[] BEFORE = ascii(",\"before\":");
    private static final byte[] AFTER = ascii(",\"after\":");

    private static final byte[] ZEROS = ascii("0".repeat(ChangeEvent.SEQUENCE_DIGITS));

    private final JsonBytes json = new JsonBytes();

    // Many changes share a second, and DynamoDB tells no more.
    private Instant time = Instant.EPOCH;
    private String timeText = time.toString();

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The event with its data in it. */
    byte[] whole(ChangeEvent event) {
        attributes(event);
        json.add(DATA);
        addData(event);
        json.add('}');
        return json.take();
    }

    /** What {@link #whole(ChangeEvent)} makes of {@link ChangeEvent#of}, without that event. */
    byte[] whole(Change change, String source, String traceparent) {
        origin(change.id(), source, change.kind(), change.feed(), change.key(), change.time());
        json.add(SEQUENCE);
        json.add('"');
        json.add(ZEROS, 0, ChangeEvent.zeros(change.sequence()));
        json.characters(change.sequence());
        json.add('"');
        marks(false, change.expired(), traceparent);
        json.add(DATA);
        data(change.feed(), change.key(), false, change.before(), change.after());
        json.add('}');
        return json.take();
    }

    /** The event with a reference to its data. */
    byte[] claimed(ChangeEvent event, String dataref) {
        attributes(event);
        field(DATAREF, dataref);
        json.add('}');
        return json.take();
    }

    /** The event's data alone. */
    byte[] data(ChangeEvent event) {
        addData(event);
        return json.take();
    }

    private void attributes(ChangeEvent event) {
        origin(event.id(), event.source(), event.kind(), event.feed(), event.key(), event.time());
        field(SEQUENCE, event.sequence());
        marks(event.beforeOmitted(), event.expired(), event.traceparent());
    }

    private void origin(String id, String source, Change.Kind kind, String feed, String key, Instant when) {
        field(ID, id);
        field(SOURCE, source);
        field(TYPE, kind.type());
        json.add(SUBJECT);
        json.add('"');
        json.characters(feed);
        json.add('/');
        json.characters(key);
        json.add('"');
        field(TIME, text(when));
    }

    private void marks(boolean beforeOmitted, boolean expired, String traceparent) {
        if (beforeOmitted) {
            json.add(OMITTED);
        }
        if (expired) {
            json.add(EXPIRED);
        }
        if (!traceparent.isEmpty()) {
            field(TRACEPARENT, traceparent);
        }
        json.add(CONTENT_TYPE);
    }

    private void addData(ChangeEvent event) {
        data(event.feed(), event.key(), event.beforeOmitted(), event.before(), event.after());
    }

    private void data(String feed, String key, boolean beforeOmitted, Json before, Json after) {
        field(FEED, feed);
        field(KEY, key);
        if (!beforeOmitted) {
            json.add(BEFORE);
            json.add(before.utf8());
        }
        json.add(AFTER);
        json.add(after.utf8());
        json.add('}');
    }

    private void field(byte[] name, String value) {
        json.add(name);
        json.text(value);
    }

    private String text(Instant when) {
        if (!when.equals(time)) {
            time = when;
            timeText = when.toString();
        }
        return timeText;
    }
}
