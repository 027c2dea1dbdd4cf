package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.feed.Feed;
import dev.sluice.feed.Feeds;
import dev.sluice.format.Compression;
import dev.sluice.format.FormatException;
import dev.sluice.format.Records;
import dev.sluice.invocation.Invocation;
import dev.sluice.object.LedgerEntry.Counts;
import dev.sluice.object.LedgerEntry.FirstError;
import dev.sluice.row.RowTable;
import dev.sluice.row.RowWriter;
import dev.sluice.value.RejectedException;
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
    private final ReadSettings settings;
    private final Clock clock;

    ObjectReader(AwsClients aws, Feeds feeds, RowTable rows, Ledger ledger, ReadSettings settings, Clock clock) {
        this.aws = aws;
        this.feeds = feeds;
        this.rows = rows;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    LedgerEntry read(ObjectNotice notice, Invocation invocation) {
        Optional<LedgerEntry> known = ledger.find(ObjectId.of(notice.bucket(), notice.key()));
        Optional<Feed> feed = feeds.match(notice.bucket(), notice.key());
        if (feed.isEmpty() || notice.key().endsWith("/")) {
            return ignore(notice, feed.isEmpty() ? "no-feed" : "folder", known);
        }
        Optional<HeadObjectResponse> head = head(notice);
        if (head.isEmpty()) {
            return gone(notice, feed.get(), known);
        }
        String version = version(head.get());
        Optional<LedgerEntry> same = known.filter(entry -> entry.version().equals(version));
        if (same.map(LedgerEntry::state).filter(ObjectReader::isRead).isPresent()) {
            return same.get();
        }
        int attempts = same.map(LedgerEntry::attempts).orElse(0) + 1;
        LedgerEntry entry = ledger.putUnlessRead(
                begin(notice, feed.get().name(), version, head.get().contentLength(), attempts));
        return isRead(entry.state())
                ? entry
                : ledger.putUnlessRead(readVersion(entry, feed.get(), head.get(), invocation));
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

    private LedgerEntry readVersion(LedgerEntry entry, Feed feed, HeadObjectResponse head, Invocation invocation) {
        var tally = new Tally();
        var state = ObjectState.DONE;
        String reason = "";
        String message = "";
        try (RowWriter writer = rows.writer(invocation)) {
            try {
                copy(entry, feed, head, writer, tally);
                reason = tally.counts().records() > 0 ? "" : entry.bytes() == 0 ? "empty" : "no-records";
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
        }
        return entry.end(state, reason, message, tally.counts(), tally.firstError, clock.instant());
    }

    private static GetObjectRequest pinned(LedgerEntry entry, HeadObjectResponse head) {
        var request = GetObjectRequest.builder().bucket(entry.bucket()).key(entry.key());
        boolean hasVersion = entry.version().equals(head.versionId());
        return hasVersion
                ? request.versionId(entry.version()).build()
                : request.ifMatch(head.eTag()).build();
    }

    private void copy(LedgerEntry entry, Feed feed, HeadObjectResponse head, RowWriter writer, Tally tally)
            throws IOException, FormatException {
        var maker = new RowMaker(feed, entry.bucket(), entry.key(), entry.version());
        boolean whole = false;
        ResponseInputStream<GetObjectResponse> body = aws.s3().getObject(pinned(entry, head));
        try {
            Records records =
                    feed.format().open(Compression.open(new ObjectBody(body)), feed.key(), settings.maxRecordBytes());
            while (records.next()) {
                try {
                    writer.put(maker.row(records.place(), records.fields()));
                    tally.rows++;
                } catch (RejectedException e) {
                    tally.reject(FirstError.of(records.place(), e));
                }
            }
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

    private static final class Tally {
        private long rows;
        private long rejects;
        private Optional<FirstError> firstError = Optional.empty();

        void reject(FirstError error) {
            rejects++;
            firstError = firstError.or(() -> Optional.of(error));
        }

        Counts counts() {
            return new Counts(rows, rejects);
        }
    }
}
