package dev.sluice.trigger;

import dev.sluice.object.ObjectNotices;
import dev.sluice.object.ReadReport;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * S3, SNS or EventBridge: an asynchronous call, which Lambda repeats as a whole if it fails.
 *
 * @param name in {@code sluice.accepts}
 * @param form what its events look like
 */
record NoticeTrigger(String name, NoticeForm form, Function<ObjectNotices, ReadReport> readObjects, JsonMapper mapper)
        implements Trigger {

    @Override
    public boolean recognises(EventShape shape) {
        return form.recognises(shape);
    }

    @Override
    public byte[] handle(byte[] event) {
        ReadReport report = readObjects.apply(new ObjectNotices(form.read(event)));
        UnreadException.throwIfAny(report);
        return mapper.writeValueAsBytes(report);
    }
}
