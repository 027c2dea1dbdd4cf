package dev.sluice.local;

import dev.sluice.local.KinesisFault.Kind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults that {@link LocalKinesis} has been told to show. */
public final class KinesisFaults {

    private final List<Armed> armed = new CopyOnWriteArrayList<>();

    public void add(KinesisFault fault) {
        armed.add(new Armed(fault));
    }

    public void clear() {
        armed.clear();
    }

    /** The error that one record is refused with, if it is. */
    Optional<String> onRecord(String partitionKey) {
        for (var each : armed) {
            var fault = each.fault;
            var meant = fault.kind() == Kind.THROTTLE_RECORDS || fault.kind() == Kind.FAIL_RECORDS;
            if (meant
                    && (fault.partitionKey() == null || fault.partitionKey().equals(partitionKey))
                    && each.strikes()) {
                return Optional.of(
                        fault.kind() == Kind.THROTTLE_RECORDS ? KinesisError.THROTTLED : KinesisError.INTERNAL);
            }
        }
        return Optional.empty();
    }

    /** The fault of this kind that strikes one request, if one does. */
    Optional<KinesisFault> onRequest(Kind kind, String operation) {
        return armed.stream()
                .filter(each -> each.fault.kind() == kind)
                .filter(each ->
                        each.fault.operation() == null || each.fault.operation().equals(operation))
                .filter(Armed::strikes)
                .map(each -> each.fault)
                .findFirst();
    }

    private static final class Armed {

        private final KinesisFault fault;
        private final double probability;
        private final Random random;
        private int left;

        private Armed(KinesisFault fault) {
            this.fault = fault;
            this.probability = Objects.requireNonNullElse(fault.probability(), 1.0);
            this.random = new Random(Objects.requireNonNullElse(fault.seed(), 0L));
            this.left = Objects.requireNonNullElse(fault.times(), Integer.MAX_VALUE);
        }

        private synchronized boolean strikes() {
            if (left == 0 || random.nextDouble() >= probability) {
                return false;
            }
            left--;
            return true;
        }
    }
}
