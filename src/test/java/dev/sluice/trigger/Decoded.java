package dev.sluice.trigger;

import dev.sluice.change.BatchReply;
import dev.sluice.change.ChangeBatch;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.messaging.support.GenericMessage;
import tools.jackson.databind.json.JsonMapper;

/** A stream's event through the door, for benches of other rooms. */
public final class Decoded {

    private Decoded() {}

    /** The changes that it becomes. */
    public static ChangeBatch changes(byte[] event) {
        var taken = new ChangeBatch[1];
        through(
                batch -> {
                    taken[0] = batch;
                    return new BatchReply(List.of());
                },
                event);
        return taken[0];
    }

    /** The reply of the function that it is given to. */
    public static String through(Function<ChangeBatch, BatchReply> forward, byte[] event) {
        var router = new TriggerRouter(List.of(new StreamTrigger(forward, JsonMapper.shared())), Set.of("stream"));
        InputStream bytes = new ByteArrayInputStream(event);
        return new String(router.apply(new GenericMessage<>(bytes)), StandardCharsets.UTF_8);
    }
}
