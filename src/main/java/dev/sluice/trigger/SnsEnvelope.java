package dev.sluice.trigger;

import dev.sluice.object.ObjectNotice;
import java.util.List;

/**
 * SNS as it lies in a queue, without raw delivery (Amazon SNS Developer Guide, "Fanout Amazon SNS notifications to Amazon
 * SQS queues").
 */
final class SnsEnvelope implements NoticeForm {

    @Override
    public boolean recognises(EventShape shape) {
        return shape.has("Type", "Notification") && shape.keys().contains("Message");
    }

    @Override
    public List<ObjectNotice> read(byte[] json) {
        var message = new SnsMessage();
        EventReader.event(json, message::field);
        return message.notices();
    }
}
