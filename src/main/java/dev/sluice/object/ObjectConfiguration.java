package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.feed.Feeds;
import dev.sluice.row.RowTable;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reading and the ledger as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LedgerSettings.class, ReadSettings.class})
public class ObjectConfiguration {

    @Bean
    Ledger ledger(AwsClients aws, LedgerSettings settings, Feeds feeds) {
        return new Ledger(aws, settings, feeds);
    }

    @Bean
    ReadObjects readObjects(AwsClients aws, Feeds feeds, RowTable rows, Ledger ledger, ReadSettings settings) {
        return new ReadObjects(new ObjectReader(aws, feeds, rows, ledger, settings, Clock.systemUTC()));
    }
}
