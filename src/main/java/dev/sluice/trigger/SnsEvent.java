package dev.sluice.trigger;

import dev.sluice.object.ObjectNotice;
import java.util.List;

/** SNS as Lambda hands it over (AWS Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS notifications"). */
final class SnsEvent implements NoticeForm {

    /** SNS alone begins the name with a capital. */
    private static final String SOURCE = "EventSource=aws:sns";

    @Override
    public boolean recognises(EventShape shape) {
        return shape.recordSource().equals(SOURCE);
    }

    @Override
    public List<ObjectNotice> read(byte[] json) {
        return EventReader.records(json, SnsEvent::notices).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<ObjectNotice> notices(EventReader record) {
        var message = new SnsMessage();
        record.record(SOURCE, (name, value) -> {
            if (name.equals("Sns")) {
                value.fields(message::field);
            }
        });
        return message.notices();
    }
}
