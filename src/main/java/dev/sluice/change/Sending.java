package dev.sluice.change;

import dev.sluice.change.ChangeStream.Answer;
import dev.sluice.invocation.Invocation;
import dev.sluice.lane.Backoff;
import dev.sluice.lane.Lanes;
import dev.sluice.letter.Letter;
import dev.sluice.letter.Letters;
import dev.sluice.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call's records on their way into Kinesis. PutRecords keeps no order and may take one record and refuse the next, so
 * of each partition key at most one record is in a request, and the next follows only once Kinesis has taken it.
 */
final class Sending {

    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final ChangeStream stream;
    private final Letters letters;
    private final ChangeSettings settings;
    private final Invocation invocation;
    private final IntConsumer handled;
    private final Backoff backoff;

    private final Lanes<String, Outgoing> lanes = new Lanes<>();

    /** Failed records wait here, their lanes with them, while the others go on. */
    private final List<Outgoing> failed = new ArrayList<>();

    private int failures;
    private boolean outage;
    private boolean wrong;

    /**
     * @param handled is told the position of each change that Kinesis has taken, or that is kept as a dead letter since
     *     Kinesis will never take it
     */
    Sending(ChangeStream stream, Letters letters, ChangeSettings settings, Invocation invocation, IntConsumer handled) {
        this.stream = stream;
        this.letters = letters;
        this.settings = settings;
        this.invocation = invocation;
        this.handled = handled;
        this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, invocation.lastTry());
    }

    /**
     * Returns when all is handled, when nothing will be, or when the last try's time is over.
     *
     * @param records those of each key in order
     */
    void run(List<Outgoing> records) {
        records.forEach(record -> lanes.add(record.partitionKey(), record));
        Instant due = Instant.MIN;
        // Many records of one key take a request each: without a fault the time may run out too.
        while (lanes.size() > 0 && !wrong && isTimeLeft()) {
            boolean idle = outage || lanes.ready() == 0;
            if (idle && !backoff.sleepUntil(due)) {
                return;
            }
            if (!failed.isEmpty() && !Instant.now().isBefore(due)) {
                failed.reversed().forEach(record -> lanes.again(record.partitionKey()));
                failed.clear();
            }
            int before = failed.size();
            int unfinished = lanes.size();
            outage = false;
            put(fill());
            if (failed.size() > before) {
                // Pauses grow only while nothing gets through: one throttled shard must not slow down the others.
                failures = lanes.size() < unfinished ? 1 : failures + 1;
                due = before == 0 || outage ? backoff.next(failures) : due;
            }
        }
    }

    private boolean isTimeLeft() {
        return Instant.now().isBefore(invocation.lastTry());
    }

    private List<Outgoing> fill() {
        var request = new ArrayList<Outgoing>();
        int bytes = 0;
        for (Outgoing record : lanes.take(settings.requestRecords())) {
            if (bytes + record.bytes() <= settings.requestBytes()) {
                bytes += record.bytes();
                request.add(record);
            } else {
                lanes.again(record.partitionKey());
            }
        }
        return request;
    }

    /** A request that is refused as invalid is halved, until the record that is at fault stands alone. */
    private void put(List<Outgoing> request) {
        if (wrong || !isTimeLeft()) {
            failed.addAll(request);
            return;
        }
        switch (stream.put(request, invocation.timeLeft())) {
            case Answer.Taken(var taken) -> {
                for (int i = 0; i < request.size(); i++) {
                    if (taken.get(i)) {
                        done(request.get(i));
                    } else {
                        failed.add(request.get(i));
                    }
                }
            }
            case Answer.Failed _ -> {
                outage = true;
                failed.addAll(request);
            }
            case Answer.Wrong _ -> {
                wrong = true;
                failed.addAll(request);
            }
            case Answer.Invalid _ -> {
                int half = request.size() / 2;
                if (half > 0) {
                    put(request.subList(0, half));
                    put(request.subList(half, request.size()));
                } else {
                    refused(request.getFirst());
                }
            }
        }
    }

    private void done(Outgoing record) {
        record.positions(handled);
        lanes.done(record.partitionKey());
    }

    private void refused(Outgoing record) {
        if (record.parts().size() > 1) {
            lanes.instead(record.partitionKey(), record.halves());
            return;
        }
        Change change = record.parts().getFirst().change();
        var input = Json.of(JsonMapper.shared().writeValueAsBytes(new ChangeBatch(List.of(change))));
        try {
            letters.keep(
                    new Letter("forwardChanges", change.id(), "refused-by-kinesis", change.time(), 1, input),
                    invocation.timeLeft());
            done(record);
        } catch (SdkException e) {
            LOG.warn("A dead letter could not be kept: {}", e.getClass().getSimpleName());
            failed.add(record);
        }
    }
}
