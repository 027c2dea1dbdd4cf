package dev.sluice.change;

import dev.sluice.value.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What comes out of the change feed. */
sealed interface Incoming {

    /** A change event, whether its data is with it or not. */
    sealed interface Event extends Incoming {

        String id();

        String source();

        /** Feed and row key. */
        String subject();

        String sequence();

        /** When the change happened; 1970 if the event does not say. */
        Instant time();
    }

    /** A change event with all its data. */
    record Whole(ChangeEvent event) implements Event {

        @Override
        public String id() {
            return event.id();
        }

        @Override
        public String source() {
            return event.source();
        }

        @Override
        public String subject() {
            return event.subject();
        }

        @Override
        public String sequence() {
            return event.sequence();
        }

        @Override
        public Instant time() {
            return event.time();
        }
    }

    /**
     * An event whose data lies elsewhere.
     *
     * @param dataref where
     */
    record Claimed(JsonNode envelope, String dataref) implements Event {

        @Override
        public String id() {
            return envelope.path("id").asString("");
        }

        @Override
        public String source() {
            return envelope.path("source").asString("");
        }

        @Override
        public String subject() {
            return envelope.path("subject").asString("");
        }

        @Override
        public String sequence() {
            return envelope.path("sequence").asString("");
        }

        @Override
        public Instant time() {
            try {
                return Instant.parse(envelope.path("time").asString(""));
            } catch (DateTimeException _) {
                return Instant.EPOCH;
            }
        }

        /** The change event with the data that was fetched; empty if both together are none. */
        Optional<ChangeEvent> with(Json data) {
            try {
                return CloudEvents.event(envelope, data.tree());
            } catch (JacksonException _) {
                return Optional.empty();
            }
        }
    }

    /** Something that Sluice has not sent. */
    enum Foreign implements Incoming {
        FOREIGN
    }
}
