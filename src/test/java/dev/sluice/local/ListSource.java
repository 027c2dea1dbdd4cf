package dev.sluice.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream of one closed shard, whose records are there from the time of their arrival on. */
final class ListSource implements StreamSource {

    static final String SHARD = "shardId-000000000000";

    private final List<Item> items;
    private final Patience patience;

    ListSource(List<Item> items, Patience patience) {
        this.items = items;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "stream list";
    }

    @Override
    public String arn() {
        return "arn:aws:kinesis:us-east-1:000000000000:stream/list";
    }

    @Override
    public String batchInfo() {
        return "KinesisBatchInfo";
    }

    @Override
    public List<Shard> shards() {
        return List.of(new Shard(SHARD, List.of()));
    }

    @Override
    public String iterator(String shard, @Nullable String after) {
        return after == null ? "0" : after;
    }

    /** An iterator is the sequence number of the record before. */
    @Override
    public Page read(String shard, String iterator, int limit) {
        var from = Integer.parseInt(iterator);
        var page = items.stream()
                .skip(from)
                .limit(limit)
                .takeWhile(item -> !item.arrival().isAfter(patience.now()))
                .toList();
        var next = from + page.size();
        return new Page(page, next == items.size() ? null : Integer.toString(next));
    }
}
