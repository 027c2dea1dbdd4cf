package dev.sluice.trigger;

import dev.sluice.object.ObjectNotice;
import java.util.List;
import java.util.Set;

/**
 * An EventBridge event of S3 (Amazon S3 User Guide, "EventBridge event message structure"). Its key is the object's, not
 * URL-encoded as it is in a notification.
 */
final class EventBridgeEvent implements NoticeForm {

    private static final Set<String> TYPES = Set.of("Object Created", "Object Deleted");

    @Override
    public boolean recognises(EventShape shape) {
        return shape.has("source", "aws.s3")
                && TYPES.contains(shape.marks().getOrDefault("detail-type", ""))
                && shape.keys().contains("detail");
    }

    @Override
    public List<ObjectNotice> read(byte[] json) {
        var decoder = new NoticeDecoder();
        EventReader.event(json, (name, value) -> {
            if (name.equals("detail")) {
                value.fields(decoder::part);
            }
        });
        return List.of(decoder.notice());
    }
}
