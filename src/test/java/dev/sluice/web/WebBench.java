package dev.sluice.web;

import dev.sluice.aws.AwsClients;
import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import java.util.Map;
import java.util.function.Supplier;

/** A list and a row of the API through the routes, against a bare handler that asks DynamoDB and writes the same. */
final class WebBench {

    private static final int MOST_BYTES = 6 * 1024 * 1024;
    private static final int LISTS = 600;
    private static final int ROWS = 2_400;

    private final Routes routes;
    private final BareRoutes bare;

    private WebBench(BenchedServer server) {
        routes = server.beans().getBean(Routes.class);
        bare = new BareRoutes(server.beans().getBean(AwsClients.class).dynamoDb());
    }

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        try (var server = BenchedServer.start()) {
            var bench = new WebBench(server);
            bench.race(
                    figures,
                    "50 objects",
                    LISTS,
                    () -> bench.routed(BenchedServer.OBJECTS, BenchedServer.DONE),
                    bench.bare::objects);
            bench.race(figures, "a row", ROWS, () -> bench.routed(BenchedServer.ROW, ""), () -> bench.bare.row("DEU"));
        }
        figures.write();
    }

    private void race(Figures figures, String what, int times, Supplier<String> routed, Supplier<String> bare)
            throws Exception {
        if (!routed.get().equals(bare.get())) {
            throw new IllegalStateException("They do not write the same: " + routed.get() + " " + bare.get());
        }
        var race = Race.byProcessCpu()
                .add("route", () -> characters(times, routed))
                .add("bare handler", () -> characters(times, bare))
                .run();
        for (String name : new String[] {"route", "bare handler"}) {
            figures.say(
                    "%s: %s".formatted(what, name),
                    "us CPU/request",
                    race.seconds(name).map(s -> s / times * 1e6));
        }
        figures.atMost(
                2,
                "%s: route / bare handler".formatted(what),
                "x",
                race.seconds("route").over(race.seconds("bare handler")));
    }

    private String routed(String path, String query) {
        var headers = Map.of("host", "127.0.0.1", "accept", "application/json", "user-agent", "bench");
        return routes.answer(new WebRequest("GET", path, query, headers, Map.of(), ""), MOST_BYTES)
                .body();
    }

    private static long characters(int times, Supplier<String> handler) {
        long characters = 0;
        for (int i = 0; i < times; i++) {
            characters += handler.get().length();
        }
        return characters;
    }
}
