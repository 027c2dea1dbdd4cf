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
import software.amazon.awssdk.awscore.exception.AwsServiceException;
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

    private static final int SERVER_ERROR = 500;

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
        Instant lastTry = invocation.lastTry();
        var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, lastTry);
        var lanes = new Lanes<String, Outgoing>();
        events.forEach(event -> lanes.add(event.partitionKey(), event));
        Set<Outgoing> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        int failures = 0;
        // Many changes of one key take a request each: without a fault the time may run out too.
        while (lanes.size() > 0 && Instant.now().isBefore(lastTry)) {
            List<Outgoing> request = fill(lanes);
            Answer answer = put(request);
            for (Outgoing event : request) {
                if (answer.accepted().contains(event)) {
                    lanes.done(event.partitionKey());
                } else {
                    lanes.again(event.partitionKey());
                }
            }
            taken.addAll(answer.accepted());
            // Pauses grow only while nothing gets through: one throttled shard must not slow down the others.
            failures = answer.accepted().isEmpty() ? failures + 1 : 1;
            boolean whole = answer.accepted().size() == request.size();
            if (!whole && (answer.refused() || !backoff.pause(failures))) {
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

    /**
     * What became of one request.
     *
     * @param refused whether another try in this call is pointless
     */
    private record Answer(Set<Outgoing> accepted, boolean refused) {}

    private Answer put(List<Outgoing> request) {
        Set<Outgoing> accepted = Collections.newSetFromMap(new IdentityHashMap<>());
        try {
            List<PutRecordsResultEntry> results = aws.kinesis()
                    .putRecords(put -> put.streamName(settings.stream())
                            .records(request.stream().map(KinesisOutlet::entry).toList()))
                    .records();
            for (int i = 0; i < request.size(); i++) {
                if (results.get(i).errorCode() == null) {
                    accepted.add(request.get(i));
                }
            }
            return new Answer(accepted, false);
        } catch (SdkException e) {
            // Its message may quote what was sent.
            LOG.warn("Kinesis took none of {} change events: {}", request.size(), code(e));
            return new Answer(accepted, isRefusal(e));
        }
    }

    private static String code(SdkException e) {
        return e instanceof AwsServiceException refusal
                ? refusal.awsErrorDetails().errorCode()
                : e.getClass().getSimpleName();
    }

    /** A missing stream or permission does not pass while the call waits: Lambda's own tries are for that. */
    private static boolean isRefusal(SdkException e) {
        return e instanceof AwsServiceException refusal
                && refusal.statusCode() < SERVER_ERROR
                && !refusal.isThrottlingException();
    }

    private static PutRecordsRequestEntry entry(Outgoing event) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(event.partitionKey())
                .data(event.data())
                .build();
    }
}
