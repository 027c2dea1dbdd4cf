package dev.sluice.trigger;

import dev.sluice.change.BatchReply;
import dev.sluice.change.ChangeBatch;
import dev.sluice.change.ChangeEventBatch;
import dev.sluice.letter.KeptLetter;
import dev.sluice.letter.LetterId;
import dev.sluice.letter.Letters;
import dev.sluice.value.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gives a dead letter's input to its origin's bean again. The letter goes once its input has been dealt with. */
final class SendAgain {

    private static final Logger LOG = LoggerFactory.getLogger(SendAgain.class);

    private final Letters letters;
    private final Function<ChangeBatch, BatchReply> forwardChanges;
    private final Function<ChangeEventBatch, BatchReply> processChanges;
    private final Function<byte[], byte[]> door;
    private final JsonMapper mapper;

    SendAgain(
            Letters letters,
            Function<ChangeBatch, BatchReply> forwardChanges,
            Function<ChangeEventBatch, BatchReply> processChanges,
            Function<byte[], byte[]> door,
            JsonMapper mapper) {
        this.letters = letters;
        this.forwardChanges = forwardChanges;
        this.processChanges = processChanges;
        this.door = door;
        this.mapper = mapper;
    }

    /** Whether the letter needs no other try: it is gone, or has failed for good again. */
    boolean send(LetterId id) {
        Optional<KeptLetter> found = letters.find(id);
        if (found.isEmpty()) {
            LOG.info("The dead letter {} was sent or discarded before.", id);
            return true;
        }
        KeptLetter letter = found.get();
        Optional<BatchReply> answer = reply(letter);
        if (answer.isEmpty()) {
            LOG.error("The dead letter {} holds nothing that a bean takes.", id);
            return true;
        }
        BatchReply reply = answer.get();
        if (!reply.batchItemFailures().isEmpty()) {
            LOG.warn("The dead letter {} could not be sent again now.", id);
            return false;
        }
        if (reply.behind().orElse(0) > 0) {
            letters.discard(id, "behind: its consumer has been given this change or a later one of its key");
        } else if (letters.sent(id, letter)) {
            LOG.info("The dead letter {} was sent again.", id);
        } else {
            LOG.warn("The dead letter {} has failed again.", id);
        }
        return true;
    }

    private Optional<BatchReply> reply(KeptLetter letter) {
        String bean = letter.origin().replaceFirst("/.*", "");
        return switch (bean) {
            case "forwardChanges" -> Optional.of(forwardChanges.apply(read(letter.input(), ChangeBatch.class)));
            case "processChanges" -> Optional.of(processChanges.apply(read(letter.input(), ChangeEventBatch.class)));
            case FailedMessages.DOOR ->
                Optional.of(failures(door.apply(letter.input().utf8())));
            default -> Optional.empty();
        };
    }

    private <T> T read(Json input, Class<T> type) {
        try {
            return mapper.readValue(input.utf8(), type);
        } catch (JacksonException _) {
            throw new MalformedEventException("A dead letter's input is not what its origin takes.");
        }
    }

    /** What a trigger replies that is about a batch; others fail by throwing. */
    private BatchReply failures(byte[] reply) {
        JsonNode failed = mapper.readTree(reply).path("batchItemFailures");
        return new BatchReply(failed.isEmpty() ? List.of() : List.of(new BatchReply.Failure("")));
    }
}
