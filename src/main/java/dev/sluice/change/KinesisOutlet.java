package dev.sluice.change;

import dev.sluice.aws.AwsClients;
import dev.sluice.invocation.Invocation;
import dev.sluice.lane.Backoff;
import dev.sluice.lane.Lanes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Sends change events to Kinesis. PutRecords keeps no order and may take one record and refuse the next, so of each
 * partition key at most one event is in a request, and the next follows only once Kinesis has taken it.
 */
final class KinesisOutlet {

    private static final Logger LOG = LoggerFactory.getLogger(KinesisOutlet.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** What Lambda needs to take the reply. */
    private static final Duration RESERVE = Duration.ofSeconds(1);

    private final AwsClients aws;
    private final ChangeSettings settings;

    KinesisOutlet(AwsClients aws, ChangeSettings settings) {
        this.aws = aws;
        this.settings = settings;
    }

    /**
     * Sends as much as the call's time allows.
     *
     * @param events in the order of the stream
     * @return the lowest sequence number that Kinesis has not taken; empty if it has taken all
     */
    Optional<String> send(List<Outgoing> events, Invocation invocation) {
        Instant deadline = invocation.deadline().minus(RESERVE);
        var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, deadline);
        var lanes = new Lanes<String, Outgoing>();
        events.forEach(event -> lanes.add(event.partitionKey(), event));
        Set<Outgoing> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        int failures = 0;
        // Many changes of one key take a request each: without a fault the time may run out too.
        while (lanes.size() > 0 && Instant.now().isBefore(deadline)) {
            List<Outgoing> request = fill(lanes);
            Set<Outgoing> accepted = put(request);
            for (Outgoing event : request) {
                if (accepted.contains(event)) {
                    lanes.done(event.partitionKey());
                } else {
                    lanes.again(event.partitionKey());
                }
            }
            taken.addAll(accepted);
            failures = accepted.size() == request.size() ? 0 : failures + 1;
            if (failures > 0 && !backoff.pause(failures)) {
                break;
            }
        }
        return events.stream()
                .filter(event -> !taken.contains(event))
                .map(Outgoing::sequence)
                .findFirst();
    }

    private List<Outgoing> fill(Lanes<String, Outgoing> lanes) {
        var request = new ArrayList<Outgoing>();
        int bytes = 0;
        for (Outgoing event : lanes.take(settings.requestRecords())) {
            if (bytes + event.bytes() <= settings.requestBytes()) {
                bytes += event.bytes();
                request.add(event);
            } else {
                lanes.again(event.partitionKey());
            }
        }
        return request;
    }

    private Set<Outgoing> put(List<Outgoing> request) {
        Set<Outgoing> accepted = Collections.newSetFromMap(new IdentityHashMap<>());
        try {
            List<PutRecordsResultEntry> results = aws.kinesis()
                    .putRecords(put -> put.streamName(settings.requiredStream())
                            .records(request.stream().map(KinesisOutlet::entry).toList()))
                    .records();
            for (int i = 0; i < request.size(); i++) {
                if (results.get(i).errorCode() == null) {
                    accepted.add(request.get(i));
                }
            }
        } catch (SdkException e) {
            LOG.warn(
                    "Kinesis took none of {} change events: {}",
                    request.size(),
                    e.getClass().getSimpleName());
        }
        return accepted;
    }

    private static PutRecordsRequestEntry entry(Outgoing event) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(event.partitionKey())
                .data(event.data())
                .build();
    }
}
