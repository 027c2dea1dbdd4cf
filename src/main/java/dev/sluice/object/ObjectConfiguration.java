package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.feed.Feeds;
import dev.sluice.row.Row;
import dev.sluice.row.RowTable;
import dev.sluice.store.StoreBucket;
import dev.sluice.work.WorkQueue;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Reading and the ledger as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    BucketSettings.class,
    LedgerSettings.class,
    ReadingSettings.class,
    ReconcileSettings.class
})
public class ObjectConfiguration {

    @Bean
    Ledger ledger(AwsClients aws, LedgerSettings settings) {
        return new Ledger(aws, settings);
    }

    @Bean
    LedgerIndex ledgerIndex(AwsClients aws, LedgerSettings settings, Feeds feeds) {
        return new LedgerIndex(aws, settings, feeds);
    }

    @Bean
    FeedActivity feedActivity(AwsClients aws, LedgerSettings settings, LedgerIndex index) {
        return new FeedActivity(new Tallies(aws, settings), index, Clock.systemUTC());
    }

    @Bean
    Rejects rejects(StoreBucket store, JsonMapper mapper) {
        return new Rejects(store, mapper);
    }

    @Bean
    PartLedger partLedger(AwsClients aws, LedgerSettings settings) {
        return new PartLedger(aws, settings);
    }

    @Bean
    SourceLines sourceLines(Ledger ledger) {
        return new SourceLines(ledger);
    }

    @Bean
    Transforms transforms(Map<String, Function<Row, Optional<Row>>> beans, Feeds feeds) {
        return new Transforms(beans, feeds);
    }

    @Bean
    ReadObjects readObjects(
            AwsClients aws,
            Feeds feeds,
            RowTable rows,
            Ledger ledger,
            Rejects rejects,
            Transforms transforms,
            WorkQueue work,
            PartLedger partLedger,
            ReadingSettings settings,
            ObjectProvider<Clock> clocks) {
        settings.checkAgainst(aws.callTimeout());
        Clock clock = clocks.getIfAvailable(Clock::systemUTC);
        var queue = new NoticeQueue(work);
        var pieces = new PieceReader(rows, rejects, transforms, settings, clock);
        var versions = new VersionReader(pieces, rows, ledger, clock);
        var parts = new Parts(partLedger, versions, queue, aws.callTimeout(), settings.largestPiece(), clock);
        var partReader = new PartReader(aws, feeds, ledger, partLedger, pieces, queue, settings, clock);
        var reader = new ObjectReader(aws, feeds, ledger, versions, parts, partReader, queue, settings, clock);
        return new ReadObjects(reader, settings, clock);
    }

    @Bean
    ReconcileObjects reconcileObjects(
            AwsClients aws,
            Feeds feeds,
            WorkQueue work,
            BucketSettings bucket,
            Ledger entries,
            LedgerSettings ledgerSettings,
            ReadingSettings reading,
            ReconcileSettings settings) {
        Clock clock = Clock.systemUTC();
        var ledger = new ReconcileLedger(aws, ledgerSettings, entries, settings.stuckAfter(), clock);
        return new ReconcileObjects(
                new UnreadObjects(aws, feeds, ledger),
                new VanishedObjects(aws, feeds, ledger),
                new OldestWaiting(ledger, feeds, bucket, clock),
                ledger,
                new NoticeQueue(work),
                bucket,
                reading,
                settings,
                clock);
    }

    @Bean
    Replay replay(AwsClients aws, Ledger ledger, WorkQueue work, ReadingSettings settings) {
        return new Replay(aws, ledger, new NoticeQueue(work), settings, Clock.systemUTC());
    }
}
