package dev.sluice;

import dev.sluice.access.AccessConfiguration;
import dev.sluice.aws.AwsConfiguration;
import dev.sluice.change.ChangeConfiguration;
import dev.sluice.extension.Extensions;
import dev.sluice.feed.FeedConfiguration;
import dev.sluice.letter.LetterConfiguration;
import dev.sluice.live.LiveConfiguration;
import dev.sluice.object.ObjectConfiguration;
import dev.sluice.row.RowConfiguration;
import dev.sluice.setting.SettingConfiguration;
import dev.sluice.store.StoreConfiguration;
import dev.sluice.trigger.TriggerConfiguration;
import dev.sluice.web.ServerConfiguration;
import dev.sluice.web.SocketConfiguration;
import dev.sluice.web.WebConfiguration;
import dev.sluice.work.WorkConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The application: on Lambda the adapter starts it, on a laptop {@link #main} does. The rooms are named one by one,
 * which starts faster than a scan and takes in nothing by accident.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    SettingConfiguration.class,
    AccessConfiguration.class,
    AwsConfiguration.class,
    FeedConfiguration.class,
    RowConfiguration.class,
    StoreConfiguration.class,
    LetterConfiguration.class,
    WorkConfiguration.class,
    ObjectConfiguration.class,
    ChangeConfiguration.class,
    LiveConfiguration.class,
    WebConfiguration.class,
    ServerConfiguration.class,
    SocketConfiguration.class,
    TriggerConfiguration.class,
    Extensions.class
})
public class SluiceApplication {

    /** Starts the web application. */
    public static void main(String[] args) {
        SpringApplication.run(SluiceApplication.class, args);
    }
}
