package dev.sluice.trigger;

import dev.sluice.object.ObjectNotice;
import java.util.List;

/** What one message of SNS carries. */
final class SnsMessage {

    private String message = "";

    void field(String name, EventReader value) {
        if (name.equals("Message")) {
            message = value.text();
        }
    }

    List<ObjectNotice> notices() {
        return NoticeForms.OF_AWS.read(message);
    }
}
