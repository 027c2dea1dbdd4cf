package dev.sluice.trigger;

import dev.sluice.object.ObjectNotice;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * S3's notification (Amazon S3 User Guide, "Event message structure") of created, removed or otherwise changed objects,
 * and the test message without any that S3 sends when a notification is set up ("Supported event destinations").
 */
final class S3Notification implements NoticeForm {

    private static final String SOURCE = "eventSource=aws:s3";

    @Override
    public boolean recognises(EventShape shape) {
        return shape.recordSource().equals(SOURCE)
                || (shape.has("Event", "s3:TestEvent") && shape.has("Service", "Amazon S3"));
    }

    @Override
    public List<ObjectNotice> read(byte[] json) {
        return EventReader.records(json, S3Notification::notice);
    }

    private static ObjectNotice notice(EventReader record) {
        var decoder = new NoticeDecoder();
        record.record(SOURCE, (name, value) -> {
            if (name.equals("s3")) {
                value.fields(decoder::part);
            }
        });
        ObjectNotice notice = decoder.notice();
        return new ObjectNotice(notice.bucket(), decoded(notice.key()), notice.version(), notice.part());
    }

    /** Keys are URL-encoded in notifications, a space as a plus. */
    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new MalformedEventException("A notification of S3 has a key that is not URL-encoded.");
        }
    }
}
