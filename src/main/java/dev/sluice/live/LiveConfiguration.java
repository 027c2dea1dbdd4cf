package dev.sluice.live;

import dev.sluice.aws.AwsClients;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The connections and the live tail as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ConnectionSettings.class, LiveSettings.class})
public class LiveConfiguration {

    @Bean
    Connections connections(AwsClients aws, ConnectionSettings settings) {
        return new Connections(aws, settings);
    }

    @Bean
    Tickets tickets(AwsClients aws, ConnectionSettings table, LiveSettings settings) {
        return new Tickets(aws, table, settings, Clock.systemUTC());
    }

    @Bean
    LiveTail liveTail(
            AwsClients aws, Connections connections, LiveSettings settings, Optional<LiveEndpoint> localServer) {
        Outlet outlet = endpoint(settings, localServer)
                .<Outlet>map(at -> new ManagementApi(aws, at, LiveTail.SENDERS))
                .orElse(Outlet.NONE);
        // To a local server's own connections nobody else sends.
        Turns turns = settings.endpoint().isEmpty() ? Turns.ALONE : connections::takeTurn;
        return new LiveTail(
                outlet, turns, connections::open, connections::forget, settings.linger(), Clock.systemUTC());
    }

    /** Where clients connect elsewhere, a local server has none of the table's connections, and would find all of them gone. */
    private static Optional<LiveEndpoint> endpoint(LiveSettings settings, Optional<LiveEndpoint> localServer) {
        if (settings.endpoint().isEmpty()) {
            return localServer.filter(_ -> settings.url().isEmpty());
        }
        return Optional.of(() -> URI.create(settings.endpoint()));
    }

    @Bean
    LiveConnect liveConnect(Tickets tickets, Connections connections) {
        return new LiveConnect(tickets, connections, Clock.systemUTC());
    }

    @Bean
    LiveMessage liveMessage(Connections connections, JsonMapper mapper) {
        return new LiveMessage(connections, mapper);
    }

    @Bean
    LiveDisconnect liveDisconnect(Connections connections) {
        return new LiveDisconnect(connections);
    }
}
