package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.format.FormatException;
import dev.sluice.invocation.Invocation;
import dev.sluice.row.RowTable;
import dev.sluice.row.RowWriter;
import java.io.EOFException;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.zip.ZipException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads one object: asks S3 what lies there now, reads exactly that version, writes its rows, keeps its ledger entry. */
final class ObjectReader {

    private static final int NOT_FOUND = 404;

    private final AwsClients aws;
    private final Feeds feeds;
    private final RowTable rows;
    private final Ledger ledger;
    private final Rejects rejects;
    private final Transforms transforms;
    private final Clock clock;

    ObjectReader(
            AwsClients aws,
            Feeds feeds,
            RowTable rows,
            Ledger ledger,
            Rejects rejects,
            Transforms transforms,
            Clock clock) {
        this.aws = aws;
        this.feeds = feeds;
        this.rows = rows;
        this.ledger = ledger;
        this.rejects = rejects;
        this.transforms = transforms;
        this.clock = clock;
    }

    LedgerEntry read(ObjectNotice notice, Invocation invocation) {
        Optional<LedgerEntry> known = ledger.find(ObjectId.of(notice.bucket(), notice.key()));
        Optional<Feeds.Match> match = feeds.match(notice.bucket(), notice.key());
        if (match.isEmpty() || notice.key().endsWith("/")) {
            return ignore(notice, match.isEmpty() ? "no-feed" : "folder", known);
        }
        Feed feed = match.get().feed();
        Optional<HeadObjectResponse> head = head(notice);
        if (head.isEmpty()) {
            return gone(notice, feed, known);
        }
        String version = version(head.get());
        Optional<LedgerEntry> same = known.filter(entry -> entry.version().equals(version));
        if (same.map(LedgerEntry::state).filter(ObjectReader::isRead).isPresent()) {
            return same.get();
        }
        int attempts = same.map(LedgerEntry::attempts).orElse(0) + 1;
        LedgerEntry entry = ledger.putUnlessRead(
                begin(notice, feed.name(), version, head.get().contentLength(), attempts));
        return isRead(entry.state())
                ? entry
                : ledger.putUnlessRead(readVersion(entry, match.get(), head.get(), invocation));
    }

    private static boolean isRead(ObjectState state) {
        return state == ObjectState.DONE || state == ObjectState.FAILED;
    }

    private LedgerEntry begin(ObjectNotice notice, String feed, String version, long bytes, int attempts) {
        return LedgerEntry.begin(notice, feed, version, bytes, attempts, clock.instant());
    }

    private LedgerEntry keep(LedgerEntry entry) {
        ledger.put(entry);
        return entry;
    }

    private Optional<HeadObjectResponse> head(ObjectNotice notice) {
        try {
            return Optional.of(aws.s3()
                    .headObject(request -> request.bucket(notice.bucket()).key(notice.key())));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private LedgerEntry ignore(ObjectNotice notice, String reason, Optional<LedgerEntry> known) {
        return known.filter(entry -> entry.state() == ObjectState.IGNORED)
                .filter(entry -> entry.reason().equals(reason))
                .orElseGet(() -> keep(begin(notice, LedgerEntry.NO_FEED, "", 0, 1)
                        .end(ObjectState.IGNORED, reason, clock.instant())));
    }

    private LedgerEntry gone(ObjectNotice notice, Feed feed, Optional<LedgerEntry> known) {
        if (known.isEmpty() || known.get().state() == ObjectState.IGNORED) {
            return keep(begin(notice, feed.name(), "", 0, 1).end(ObjectState.MISSING, "", clock.instant()));
        }
        return switch (known.get().state()) {
            case READING, DONE, FAILED -> keep(known.get().end(ObjectState.REMOVED, "", clock.instant()));
            case IGNORED, MISSING, REMOVED -> known.get();
        };
    }

    /** In a bucket that never had versions S3 names none, in a suspended one it names "null": then the eTag tells. */
    private static String version(HeadObjectResponse head) {
        String versionId = head.versionId();
        return versionId == null || versionId.equals("null") ? head.eTag() : versionId;
    }

    private LedgerEntry readVersion(
            LedgerEntry entry, Feeds.Match match, HeadObjectResponse head, Invocation invocation) {
        if (entry.bytes() > match.feed().rules().maxObjectBytes()) {
            return entry.end(ObjectState.FAILED, "object-too-large", clock.instant());
        }
        var state = ObjectState.DONE;
        String reason = "";
        String message = "";
        RejectWriter rejectWriter = rejects.writer(entry);
        try (RowWriter writer = rows.writer(invocation)) {
            var maker = new RowMaker(match.feed(), entry.bucket(), entry.key(), entry.version());
            var copy = new ObjectCopy(match, maker, transforms, writer, rejectWriter);
            try {
                copy(entry, head, copy);
                reason = copy.counts().records() > 0 ? "" : entry.bytes() == 0 ? "empty" : "no-records";
            } catch (FormatException e) {
                state = ObjectState.FAILED;
                reason = e.code();
                message = String.valueOf(e.getMessage());
            } catch (ZipException | EOFException e) {
                state = ObjectState.FAILED;
                reason = "bad-compression";
                message = "The compressed bytes are damaged or cut off.";
            } catch (IOException e) {
                throw new ObjectBody.BrokenException(e);
            }
            writer.flush();
            rejectWriter.finish();
            return entry.end(state, reason, message, copy.counts(), copy.firstError(), clock.instant());
        }
    }

    private static GetObjectRequest pinned(LedgerEntry entry, HeadObjectResponse head) {
        var request = GetObjectRequest.builder().bucket(entry.bucket()).key(entry.key());
        boolean hasVersion = entry.version().equals(head.versionId());
        return hasVersion
                ? request.versionId(entry.version()).build()
                : request.ifMatch(head.eTag()).build();
    }

    private void copy(LedgerEntry entry, HeadObjectResponse head, ObjectCopy copy) throws IOException, FormatException {
        boolean whole = false;
        ResponseInputStream<GetObjectResponse> body = aws.s3().getObject(pinned(entry, head));
        try {
            copy.copy(new ObjectBody(body));
            whole = true;
        } finally {
            // Closing would read a large rest of the object only to keep the connection.
            if (whole) {
                body.close();
            } else {
                body.abort();
            }
        }
    }
}
