package dev.sluice.change;

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
        field(ID, event.id());
        field(SOURCE, event.source());
        field(TYPE, event.type());
        field(SUBJECT, event.subject());
        field(TIME, text(event.time()));
        field(SEQUENCE, event.sequence());
        if (event.beforeOmitted()) {
            json.add(OMITTED);
        }
        if (event.expired()) {
            json.add(EXPIRED);
        }
        if (!event.traceparent().isEmpty()) {
            field(TRACEPARENT, event.traceparent());
        }
        json.add(CONTENT_TYPE);
    }

    private void addData(ChangeEvent event) {
        field(FEED, event.feed());
        field(KEY, event.key());
        if (!event.beforeOmitted()) {
            json.add(BEFORE);
            json.add(event.before().utf8());
        }
        json.add(AFTER);
        json.add(event.after().utf8());
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
