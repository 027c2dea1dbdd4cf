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

/** An object's records from a checkpoint on, and the checkpoint that they have come to. */
final class OpenObject implements AutoCloseable {

    private final ObjectBody body;
    private final PlainBytes plain;
    private final Records records;

    private OpenObject(ObjectBody body, PlainBytes plain, Records records) {
        this.body = body;
        this.plain = plain;
        this.records = records;
    }

    /** @throws FormatException if the object cannot be read */
    static OpenObject open(PinnedObject object, Feeds.Match match, Optional<Checkpoint> at)
            throws IOException, FormatException {
        ObjectBody body = object.open(0);
        try {
            PlainBytes plain = Compression.open(body);
            Records records = match.feed()
                    .format()
                    .open(plain, requiredColumns(match), match.feed().rules().maxRecordBytes());
            var start = new OpenObject(body, plain, records);
            return at.isEmpty() ? start : start.goOn(object, at.get());
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
