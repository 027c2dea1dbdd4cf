package dev.sluice.trigger;

import com.sun.management.ThreadMXBean;
import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import dev.sluice.bench.Samples;
import dev.sluice.bench.StreamEvents;
import dev.sluice.change.BatchReply;
import dev.sluice.change.ChangeBatch;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import org.springframework.messaging.support.GenericMessage;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.json.JsonMapper;

/** A stream's batch through the door to plain changes, against the least that a parser does and the adapter's router. */
final class DecodeBench {

    private static final int RECORDS = 1_000;
    private static final int TIMES = 20;

    private static final byte[] EVENT = StreamEvents.modified(RECORDS, RECORDS);

    private DecodeBench() {}

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        try (var stock = new StockRouter()) {
            var race = Race.byThreadCpu()
                    .add("door and decode", DecodeBench::door)
                    .add("decode", DecodeBench::decode)
                    .add("Jackson", DecodeBench::tokens)
                    .add("router", () -> stock.route(EVENT, TIMES, RECORDS, false))
                    .add("router, log", () -> stock.route(EVENT, TIMES, RECORDS, true))
                    .run();
            var jackson = race.seconds("Jackson");
            for (String name : List.of("door and decode", "decode", "Jackson", "router", "router, log")) {
                figures.say(
                        name.replace("Jackson", "Jackson, every token's text")
                                .replace("router", "stock adapter's router to a map")
                                .replace(", log", ", with its default log"),
                        "us CPU/record",
                        race.seconds(name).map(s -> s / TIMES / RECORDS * 1e6));
            }
            figures.atMost(
                    1.3,
                    "door and decode / Jackson",
                    "x",
                    race.seconds("door and decode").over(jackson));
            figures.atMost(1.3, "decode / Jackson", "x", race.seconds("decode").over(jackson));
            figures.say("stock router / Jackson", "x", race.seconds("router").over(jackson));
            figures.say(
                    "stock router with its default log / Jackson",
                    "x",
                    race.seconds("router, log").over(jackson));
        }
        figures.atMost(3, "allocation of door and decode / the event's size", "x", new Samples(List.of(allocation())));
        figures.write();
    }

    private static long door() {
        var router =
                new TriggerRouter(List.of(new StreamTrigger(DecodeBench::take, JsonMapper.shared())), Set.of("stream"));
        for (int i = 0; i < TIMES; i++) {
            InputStream event = new ByteArrayInputStream(EVENT);
            router.apply(new GenericMessage<>(event));
        }
        return RECORDS;
    }

    private static long decode() {
        var trigger = new StreamTrigger(DecodeBench::take, JsonMapper.shared());
        for (int i = 0; i < TIMES; i++) {
            trigger.handle(EVENT);
        }
        return RECORDS;
    }

    private static BatchReply take(ChangeBatch batch) {
        if (batch.changes().size() != RECORDS) {
            throw new IllegalStateException("Not all records are changes.");
        }
        return new BatchReply(List.of());
    }

    private static long tokens() {
        long characters = 0;
        for (int i = 0; i < TIMES; i++) {
            try (JsonParser json = EventShape.JSON.createParser(ObjectReadContext.empty(), EVENT)) {
                for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                    if (!token.isStructStart() && !token.isStructEnd()) {
                        characters += json.getString().length();
                    }
                }
            }
        }
        return characters > EVENT.length ? RECORDS : 0;
    }

    private static double allocation() {
        var thread = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long before = thread.getCurrentThreadAllocatedBytes();
        door();
        return (double) (thread.getCurrentThreadAllocatedBytes() - before) / TIMES / EVENT.length;
    }
}
