package dev.sluice.change;

import dev.sluice.invocation.Invocation;
import dev.sluice.letter.Letters;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Sends records of change events to Kinesis. PutRecords keeps no order and may take one record and refuse the next, so of
 * each partition key at most one record is in a request, and the next follows only once Kinesis has taken it.
 */
final class KinesisOutlet {

    private final ChangeStream stream;
    private final Letters letters;
    private final ChangeSettings settings;

    KinesisOutlet(ChangeStream stream, Letters letters, ChangeSettings settings) {
        this.stream = stream;
        this.letters = letters;
        this.settings = settings;
    }

    /**
     * Sends as much as the call's time allows.
     *
     * @param records those of each key in order
     * @param handled is told the position of each change that Kinesis has taken, or that is kept as a dead letter since
     *     Kinesis will never take it
     */
    void send(List<Outgoing> records, Invocation invocation, IntConsumer handled) {
        new Sending(stream, letters, settings, invocation, handled).run(records);
    }
}
