package dev.sluice.object;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Where reconciling stands: first it goes through the bucket, then through the ledger. */
sealed interface ReconcilePosition {

    /** Before all that there is. */
    static ReconcilePosition start() {
        return new InBucket("");
    }

    /** Behind that key. */
    record InBucket(String after) implements ReconcilePosition {}

    /** Behind the entry with that id in the ledger's index; with an empty id at the beginning of a state. */
    record InLedger(String feed, String stateTime, String id) implements ReconcilePosition {

        /** Before all entries of that feed and state. */
        static InLedger beginning(String feed, ObjectState state) {
            return new InLedger(feed, state.word() + "#", "");
        }
    }

    /** As an opaque text. */
    default String text() {
        String plain =
                switch (this) {
                    case InBucket(String after) -> "bucket\n" + after;
                    case InLedger(String feed, String stateTime, String id) ->
                        String.join("\n", "ledger", feed, stateTime, id);
                };
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** What such a text stands for, if it is one. */
    static Optional<ReconcilePosition> of(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (plain.startsWith("bucket\n")) {
                return Optional.of(new InBucket(plain.substring("bucket\n".length())));
            }
            String[] parts = plain.split("\n", -1);
            return parts.length == 4 && parts[0].equals("ledger") && !parts[1].isEmpty() && parts[2].contains("#")
                    ? Optional.of(new InLedger(parts[1], parts[2], parts[3]))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
