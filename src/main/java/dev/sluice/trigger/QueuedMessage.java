package dev.sluice.trigger;

/**
 * One message of an SQS event.
 *
 * @param lane within which the queue keeps order: the message's group; empty in a standard queue
 */
record QueuedMessage(String id, String body, String lane) {

    static QueuedMessage of(EventReader record) {
        var found = new Object() {
            String id = "";
            String body = "";
            String queue = "";
            String group = "";
        };
        record.fields((name, value) -> {
            switch (name) {
                case "messageId" -> found.id = value.text();
                case "body" -> found.body = value.text();
                case "eventSourceARN" -> found.queue = value.text();
                case "attributes" ->
                    value.fields((attribute, text) -> {
                        if (attribute.equals("MessageGroupId")) {
                            found.group = text.text();
                        }
                    });
                default -> {}
            }
        });
        if (found.id.isEmpty()) {
            throw new MalformedEventException("A record of the SQS event lacks its messageId.");
        }
        // In a standard queue a group is about fairness, not about order.
        return new QueuedMessage(found.id, found.body, found.queue.endsWith(".fifo") ? found.group : "");
    }
}
