package dev.sluice.trigger;

import dev.sluice.object.ObjectNotice;
import dev.sluice.object.ObjectNotices;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Sluice's own message: the JSON that {@code readObjects} takes. */
record WorkMessage(JsonMapper mapper) implements NoticeForm {

    @Override
    public boolean recognises(EventShape shape) {
        return shape.keys().contains("notices");
    }

    @Override
    public List<ObjectNotice> read(byte[] json) {
        EventReader.object(json, (name, value) -> {
            if (!name.equals("notices")) {
                throw value.refusal();
            }
        });
        try {
            return mapper.readValue(json, ObjectNotices.class).notices();
        } catch (JacksonException _) {
            throw new MalformedEventException("The message's notices are not as Sluice writes them.");
        }
    }
}
