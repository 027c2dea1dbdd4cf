package dev.sluice.trigger;

import dev.sluice.object.ObjectNotice;
import java.util.List;

/** One form in which JSON tells of objects, be it an event itself or what one carries as text. */
interface NoticeForm extends EventKind {

    /**
     * The notices in their order; none if the form says that nothing happened to any object.
     *
     * @throws MalformedEventException if the JSON is not what is documented for this form
     */
    List<ObjectNotice> read(byte[] json);
}
