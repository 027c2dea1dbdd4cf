package dev.sluice.local;

import java.util.List;

/** What Sluice has to be told to start without a cloud; as long as no bean asks AWS for anything, it misses nothing. */
public final class NoCloud {

    public static final List<String> SETTINGS = List.of(
            "--sluice.bucket=files",
            "--sluice.rows.table=rows",
            "--sluice.ledger.table=ledger",
            "--sluice.store.bucket=store",
            "--sluice.work.queue=https://sqs.example.com/1/work",
            "--sluice.changes.stream=changes",
            "--sluice.connections.table=connections");

    private NoCloud() {}
}
