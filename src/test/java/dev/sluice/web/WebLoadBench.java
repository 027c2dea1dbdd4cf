package dev.sluice.web;

import dev.sluice.aws.AwsClients;
import dev.sluice.bench.Figures;
import dev.sluice.bench.Samples;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** 300 requests/s to the local server, a list and a row in turns, next to a bare Boot route that asks DynamoDB the same. */
final class WebLoadBench {

    private static final int PER_SECOND = 300;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final int ROUNDS = 3;

    private WebLoadBench() {}

    /** An application of two routes. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Bare {

        private final AwsClients aws;

        Bare(AwsClients aws) {
            this.aws = aws;
        }

        @Bean
        Controller controller() {
            return new Controller(new BareRoutes(aws.dynamoDb()));
        }
    }

    /** Its routes. */
    @RestController
    static class Controller {

        private final BareRoutes routes;

        Controller(BareRoutes routes) {
            this.routes = routes;
        }

        @GetMapping(path = BenchedServer.OBJECTS, produces = "application/json")
        String objects() {
            return routes.objects();
        }

        @GetMapping(path = "/api/feeds/{feed}/rows/{key}", produces = "application/json")
        String row(@PathVariable("key") String key) {
            return routes.row(key);
        }
    }

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        try (var server = BenchedServer.start();
                var bare = new SpringApplicationBuilder(Bare.class)
                        .initializers(context -> context.getBeanFactory()
                                .registerSingleton("aws", server.beans().getBean(AwsClients.class)))
                        .run("--server.port=0");
                var load = new OpenLoop()) {
            List<URI> routed = both(server.at("/"));
            List<URI> plain = both(BenchedServer.address(bare));
            load.ask(routed, PER_SECOND, WARM_UP);
            load.ask(plain, PER_SECOND, WARM_UP);
            var routedTimes = new ArrayList<OpenLoop.Times>();
            var plainTimes = new ArrayList<OpenLoop.Times>();
            for (int i = 0; i < ROUNDS; i++) {
                routedTimes.add(load.ask(routed, PER_SECOND, TIME));
                plainTimes.add(load.ask(plain, PER_SECOND, TIME));
            }
            for (int percent : new int[] {50, 99}) {
                say(figures, "local server", percent, routedTimes);
                say(figures, "bare Boot route", percent, plainTimes);
            }
        }
        figures.write();
    }

    private static List<URI> both(URI server) {
        return List.of(
                server.resolve(BenchedServer.OBJECTS + "?" + BenchedServer.DONE), server.resolve(BenchedServer.ROW));
    }

    private static void say(Figures figures, String who, int percent, List<OpenLoop.Times> times) {
        figures.say(
                "%d requests/s: %s, %d of 100 within".formatted(PER_SECOND, who, percent),
                "ms",
                new Samples(times.stream().map(one -> one.percentile(percent)).toList()));
    }
}
