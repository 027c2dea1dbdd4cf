package dev.sluice.live;

import dev.sluice.change.ChangeEvent;
import dev.sluice.value.Json;
import dev.sluice.value.JsonBytes;
import java.nio.charset.StandardCharsets;

/**
 * A change as connections are told of it.
 *
 * @param json {@code {"id","feed","key","kind","time","before","after"}}; {@code omitted} names what would not fit, {@code
 *     before} or {@code data}, which is both
 */
record LiveChange(String feed, String key, Json json) {

    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[] FEED = ascii(",\"feed\":");
    private static final byte[] KEY = ascii(",\"key\":");
    private static final byte[] KIND = ascii(",\"kind\":");
    private static final byte[] TIME = ascii(",\"time\":");
    private static final byte[] EXPIRED = ascii(",\"expired\":true");
    private static final byte[] OMITTED = ascii(",\"omitted\":");
    private static final byte[] BEFORE = ascii(",\"before\":");
    private static final byte[] AFTER = ascii(",\"after\":");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The change; without the row's data if it would not fit into a message. */
    static LiveChange of(ChangeEvent event) {
        if (event.before().utf8().length + event.after().utf8().length < Bulletin.MOST_CHANGES) {
            Json whole = json(event, true);
            if (whole.utf8().length < Bulletin.MOST_CHANGES) {
                return new LiveChange(event.feed(), event.key(), whole);
            }
        }
        return new LiveChange(event.feed(), event.key(), json(event, false));
    }

    private static Json json(ChangeEvent event, boolean data) {
        var json = new JsonBytes();
        field(json, ID, event.id());
        field(json, FEED, event.feed());
        field(json, KEY, event.key());
        field(json, KIND, event.kind().word());
        field(json, TIME, event.time().toString());
        if (event.expired()) {
            json.add(EXPIRED);
        }
        if (!data) {
            field(json, OMITTED, "data");
        } else if (event.beforeOmitted()) {
            field(json, OMITTED, "before");
        } else {
            json.add(BEFORE);
            json.add(event.before().utf8());
        }
        if (data) {
            json.add(AFTER);
            json.add(event.after().utf8());
        }
        json.add('}');
        return Json.of(json.take());
    }

    private static void field(JsonBytes json, byte[] name, String value) {
        json.add(name);
        json.text(value);
    }

    int bytes() {
        return json.utf8().length;
    }
}
