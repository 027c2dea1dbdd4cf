package dev.sluice.object;

import dev.sluice.feed.Feeds;
import dev.sluice.format.Border;
import dev.sluice.format.Compression;
import dev.sluice.format.FormatException;
import dev.sluice.format.PlainBytes;
import dev.sluice.format.Records;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.util.unit.DataSize;

/** An object's records from a checkpoint on, and the checkpoint that they have come to. */
final class OpenObject implements AutoCloseable {

    private static final DataSize LONGEST_SEARCH = DataSize.ofMegabytes(256);
    private static final int SEARCH_BUFFER = 64 * 1024;

    private final ObjectBody body;
    private final PlainBytes plain;
    private final Records records;

    private OpenObject(ObjectBody body, PlainBytes plain, Records records) {
        this.body = body;
        this.plain = plain;
        this.records = records;
    }

    /**
     * @param largestPiece a larger object has to have places from which a call can go on
     * @throws FormatException if the object cannot be read
     */
    static OpenObject open(PinnedObject object, Feeds.Match match, Optional<Checkpoint> at, DataSize largestPiece)
            throws IOException, FormatException {
        ObjectBody body = object.open(0);
        try {
            PlainBytes plain = Compression.open(body);
            Records records = match.feed()
                    .format()
                    .open(plain, requiredColumns(match), match.feed().rules().maxRecordBytes());
            var start = new OpenObject(body, plain, records);
            if (at.isPresent()) {
                return start.goOn(object, at.get());
            }
            if (object.bytes() > largestPiece.toBytes()) {
                start.requirePlacesToGoOn(object, largestPiece);
            }
            return start;
        } catch (IOException | FormatException | RuntimeException e) {
            body.close();
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
    private void requirePlacesToGoOn(PinnedObject object, DataSize largestPiece) throws IOException, FormatException {
        if (records.continuation().isEmpty()) {
            throw new FormatException(
                    "one-piece",
                    "A JSON array over %d MB cannot be gone on with in another call: use NDJSON, or smaller files."
                            .formatted(largestPiece.toMegabytes()));
        }
        if (!hasBorder(object)) {
            throw new FormatException(
                    "one-piece",
                    "A compressed object over %d MB has to consist of gzip members or zstd frames of less than %d MB:"
                                    .formatted(largestPiece.toMegabytes(), LONGEST_SEARCH.toMegabytes())
                            + " compress it so, or in smaller files.");
        }
    }

    /** Whether decompressing can begin at a place other than its start, as its first part tells. */
    private static boolean hasBorder(PinnedObject object) throws IOException {
        long last = Math.min(object.bytes() - 1, LONGEST_SEARCH.toBytes());
        try (ObjectBody body = object.open(0);
                PlainBytes plain = Compression.open(body)) {
            byte[] read = new byte[SEARCH_BUFFER];
            long produced = 0;
            long compressed = 0;
            while (compressed == 0 && body.position() <= last) {
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

    private OpenObject goOn(PinnedObject object, Checkpoint at) throws IOException, FormatException {
        Optional<Records.Continuation> continuation = records.continuation();
        if (continuation.isEmpty()) {
            skipTo(at);
            return this;
        }
        body.close();
        ObjectBody rest = object.open(at.compressed());
        PlainBytes bytes = plain.from(new Border(at.compressed(), at.plain()), rest);
        bytes.skipNBytes(at.next().offset() - at.plain());
        return new OpenObject(rest, bytes, continuation.get().from(at.next(), bytes));
    }

    /** Cuts the records that are done once more, without looking into them. */
    private void skipTo(Checkpoint at) throws IOException, FormatException {
        while (records.end().offset() < at.next().offset() && records.next()) {}
    }

    Records records() {
        return records;
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
