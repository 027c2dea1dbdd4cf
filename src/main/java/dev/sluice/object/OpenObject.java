package dev.sluice.object;

import dev.sluice.feed.Feeds;
import dev.sluice.format.Border;
import dev.sluice.format.Compression;
import dev.sluice.format.FormatException;
import dev.sluice.format.PlainBytes;
import dev.sluice.format.RecordLimits;
import dev.sluice.format.Records;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.util.unit.DataSize;

/** An object's records from a checkpoint on, and the checkpoint that they have come to. */
final class OpenObject implements AutoCloseable {

    private static final DataSize LONGEST_SEARCH = DataSize.ofMegabytes(256);
    private static final int STEP = 64 * 1024;

    private final ObjectBody body;
    private final PlainBytes plain;
    private final Way way;
    private final Records records;

    private OpenObject(ObjectBody body, PlainBytes plain, Way way, Records records) {
        this.body = body;
        this.plain = plain;
        this.way = way;
        this.records = records;
    }

    /** What leads to a place: until it is come to, whether to go on is asked all the time. */
    private static final class Way extends InputStream {

        private final InputStream in;
        private Runnable ask;
        /** A way as short as that is gone however little time there is. */
        private long unasked = STEP;

        Way(InputStream in, Runnable ask) {
            this.in = in;
            this.ask = ask;
        }

        void end() {
            ask = () -> {};
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (unasked <= 0) {
                ask.run();
                unasked = STEP;
            }
            int read = in.read(target, offset, length);
            unasked -= read;
            return read;
        }
    }

    /**
     * An object's records from the first one on.
     *
     * @param largestPiece no record may be longer unless the feed allows it
     * @throws FormatException if the object cannot be read
     */
    static OpenObject open(PinnedObject object, Feeds.Match match, DataSize largestPiece)
            throws IOException, FormatException {
        return open(object, match, largestPiece, () -> {});
    }

    private static OpenObject open(
            PinnedObject object, Feeds.Match match, DataSize largestPiece, Runnable whileSkipping)
            throws IOException, FormatException {
        ObjectBody body = object.open(0);
        try {
            PlainBytes plain = Compression.open(body);
            var limits = new RecordLimits(match.feed().rules().maxRecordBytes(), largestPiece.toBytes());
            var way = new Way(plain, whileSkipping);
            Records records = match.feed().format().open(way, requiredColumns(match), limits);
            return new OpenObject(body, plain, way, records);
        } catch (IOException | FormatException | RuntimeException e) {
            body.close();
            throw e;
        }
    }

    /**
     * An object's records from a checkpoint on.
     *
     * @param largestPiece a larger object has to have places from which a call can go on, and no record may be longer unless the
     *     feed allows it
     * @param whileSkipping is asked all the time while nothing but a place is looked for; throws if that takes too long
     * @throws FormatException if the object cannot be read
     */
    static OpenObject open(
            PinnedObject object,
            Feeds.Match match,
            Optional<Checkpoint> at,
            DataSize largestPiece,
            Runnable whileSkipping)
            throws IOException, FormatException {
        OpenObject start = open(object, match, largestPiece, at.isPresent() ? whileSkipping : () -> {});
        try {
            if (at.isPresent()) {
                return start.goOn(object, at.get(), whileSkipping);
            }
            if (object.bytes() > largestPiece.toBytes()) {
                start.requirePlacesToGoOn(object, match.feed().format().name(), largestPiece, whileSkipping);
            }
            return start;
        } catch (IOException | FormatException | RuntimeException e) {
            start.close();
            throw e;
        }
    }

    /** A column that the object's key gives is not looked for in the object. */
    private static List<String> requiredColumns(Feeds.Match match) {
        var columns = new ArrayList<>(match.feed().key());
        columns.removeAll(match.columns().keySet());
        return columns;
    }

    /** Whether reading can begin at any record behind that byte, knowing only what lies before the first record. */
    boolean canBeginAt(long offset) {
        return plain.isStored() && records.end().offset() < offset;
    }

    /** Each call would spend its time with coming to its place, and the later ones all of it. */
    private void requirePlacesToGoOn(PinnedObject object, String format, DataSize largestPiece, Runnable whileSkipping)
            throws IOException, FormatException {
        if (records.continuation().isEmpty()) {
            throw new FormatException(
                    "one-piece",
                    "An object of the format %s over %d MB cannot be gone on with in another call: use ndjson, or smaller files."
                            .formatted(format, largestPiece.toMegabytes()));
        }
        if (!hasBorder(object, whileSkipping)) {
            throw new FormatException(
                    "one-piece",
                    "A compressed object over %d MB has to consist of gzip members or zstd frames of less than %d MB:"
                                    .formatted(largestPiece.toMegabytes(), LONGEST_SEARCH.toMegabytes())
                            + " compress it so, or in smaller files.");
        }
    }

    /** Whether decompressing can begin at a place other than its start, as its first part tells. */
    private static boolean hasBorder(PinnedObject object, Runnable whileSkipping) throws IOException {
        long last = Math.min(object.bytes() - 1, LONGEST_SEARCH.toBytes());
        try (ObjectBody body = object.open(0);
                PlainBytes plain = Compression.open(body)) {
            byte[] read = new byte[STEP];
            long produced = 0;
            long compressed = 0;
            while (compressed == 0 && body.position() <= last) {
                whileSkipping.run();
                int length = plain.read(read);
                if (length < 0) {
                    return false;
                }
                produced += length;
                compressed = plain.border(produced).compressed();
            }
            return compressed > 0 && compressed <= last;
        }
    }

    private OpenObject goOn(PinnedObject object, Checkpoint at, Runnable whileSkipping)
            throws IOException, FormatException {
        Optional<Records.Continuation> continuation = records.continuation();
        if (continuation.isEmpty()) {
            cutAgain(at);
            return this;
        }
        body.close();
        ObjectBody rest = object.open(at.compressed());
        try {
            PlainBytes bytes = plain.from(new Border(at.compressed(), at.plain()), rest);
            var there = new Way(bytes, whileSkipping);
            skip(there, at.next().offset() - at.plain());
            there.end();
            return new OpenObject(rest, bytes, there, continuation.get().from(at.next(), there));
        } catch (IOException | RuntimeException e) {
            rest.close();
            throw e;
        }
    }

    private static void skip(Way way, long bytes) throws IOException {
        byte[] skipped = new byte[STEP];
        long left = bytes;
        while (left > 0) {
            int length = way.read(skipped, 0, (int) Math.min(left, STEP));
            if (length < 0) {
                throw new EOFException("The object ends before the place where reading is to go on.");
            }
            left -= length;
        }
    }

    /** Cuts the records that are done once more, without looking into them. */
    private void cutAgain(Checkpoint at) throws IOException, FormatException {
        while (records.end().offset() < at.next().offset() && records.next()) {}
        way.end();
    }

    Records records() {
        return records;
    }

    /** @throws FormatException if a call that goes on at the checkpoint would have to skip too much before it */
    void requireShortSkip(DataSize largestPiece) throws FormatException {
        Checkpoint at = checkpoint();
        boolean skips = at.next().offset() > at.plain();
        if (skips && body.position() - at.compressed() > largestPiece.toBytes()) {
            throw new FormatException(
                    "one-piece",
                    "A gzip member or zstd frame of more than %d MB cannot be gone on with in another call:"
                                    .formatted(largestPiece.toMegabytes())
                            + " compress it in several, or in smaller files.");
        }
    }

    Checkpoint checkpoint() {
        Border border = plain.border(records.end().offset());
        return new Checkpoint(records.end(), border.compressed(), border.plain());
    }

    @Override
    public void close() {
        body.close();
    }
}
