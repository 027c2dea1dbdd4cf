package dev.sluice.local;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.Message;

/** What Lambda makes of a queue's messages, and of what the function replies. */
sealed interface QueueEvents permits NoticeEvents, SqsEvent {

    /** The messages, in a note. */
    String name();

    /** Most messages of one event. */
    int most();

    /** How often the function may fail; what happens then is the queue's own matter where this is absent. */
    OptionalInt tries();

    /** How long received messages stay hidden, in which the function has to be done with them. */
    Duration held(Duration timeout);

    String event(List<Message> messages);

    /** Which of an event's messages have failed, by their ids. */
    Set<String> failed(String reply, List<String> ids);
}
