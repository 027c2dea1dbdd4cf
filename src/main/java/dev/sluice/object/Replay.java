package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.object.Ledger.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Has an object read again on purpose, also if the version that lies there has been read. */
public final class Replay {

    private final AwsClients aws;
    private final Ledger ledger;
    private final NoticeQueue queue;
    private final ReadingSettings settings;
    private final Clock clock;

    Replay(AwsClients aws, Ledger ledger, NoticeQueue queue, ReadingSettings settings, Clock clock) {
        this.aws = aws;
        this.ledger = ledger;
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
    }

    /** What becomes of the wish. */
    public sealed interface Answer {

        /** The object will be read. */
        record Queued(LedgerEntry entry) implements Answer {}

        /** A reader is at it, and nobody else can be before that moment. */
        record Busy(Instant until) implements Answer {}
    }

    /** Empty if the ledger has no object of that id. */
    public Optional<Answer> replay(String id) {
        return ledger.find(id).map(this::replay);
    }

    private Answer replay(LedgerEntry entry) {
        var lease = new Lease(ledger, entry.id(), settings.lease(), aws.callTimeout(), clock);
        return switch (ledger.claim(entry, lease)) {
            case Claim.Refused(Instant until) -> new Answer.Busy(until);
            case Claim.Taken(LedgerEntry known) -> {
                LedgerEntry again = known.again(clock.instant());
                // First the ledger: of an entry that waits without a message reconciling knows, not of the opposite.
                ledger.putAndRelease(again, lease);
                queue.send(new ObjectNotice(entry.bucket(), entry.key()), Duration.ZERO);
                yield new Answer.Queued(again);
            }
        };
    }
}
