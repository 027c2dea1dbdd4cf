package dev.sluice.trigger;

import dev.sluice.object.ObjectNotice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The forms that a text may have which an event carries. */
record NoticeForms(List<NoticeForm> forms) {

    /** What AWS tells of objects, by whatever way it came. */
    static final NoticeForms OF_AWS = new NoticeForms(List.of(new S3Notification(), new EventBridgeEvent()));

    NoticeForms and(NoticeForm... more) {
        return new NoticeForms(Stream.concat(forms.stream(), Stream.of(more)).toList());
    }

    List<ObjectNotice> read(String text) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        return EventLook.kind(json, forms).read(json);
    }
}
