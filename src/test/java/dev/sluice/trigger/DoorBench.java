package dev.sluice.trigger;

import dev.sluice.bench.Figures;
import dev.sluice.bench.Race;
import dev.sluice.object.ObjectNotice;
import dev.sluice.object.ObjectNotices;
import dev.sluice.object.ReadReport;
import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.messaging.support.GenericMessage;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.json.JsonMapper;

/** A small event from its bytes to the bean and back, against a handler of that one event and the adapter's router. */
final class DoorBench {

    private static final int TIMES = 2_000;

    /** What telling triggers apart may cost beside. */
    private static final double ALLOWANCE = 15e-6 * TIMES;

    private static final byte[] NOTICE = compact("s3.json");
    private static final byte[] REQUEST = compact("http.json");

    private static final TriggerRouter DOOR = Door.router(DoorBench::read, DoorBench::answer);

    private DoorBench() {}

    public static void main(String[] arguments) throws Exception {
        var figures = new Figures(arguments);
        try (var stock = new StockRouter()) {
            race(figures, "S3 notice", NOTICE, () -> bare(DoorBench::bareNotice, NOTICE), stock, 1);
            race(figures, "HTTP API request", REQUEST, () -> bare(DoorBench::bareRequest, REQUEST), stock, 0);
        }
        figures.write();
    }

    private static void race(Figures figures, String what, byte[] event, Race.Task bare, StockRouter stock, int records)
            throws Exception {
        var race = Race.byThreadCpu()
                .add("door", () -> door(event))
                .add("bare handler", bare)
                .add("stock adapter's router", () -> {
                    stock.route(event, TIMES, records, false);
                    return TIMES;
                })
                .run();
        var door = race.seconds("door");
        for (String name : List.of("door", "bare handler", "stock adapter's router")) {
            figures.say(what + ": " + name, "us CPU/event", race.seconds(name).map(s -> s / TIMES * 1e6));
        }
        figures.atMost(
                1,
                what + ": door / (1.5 bare handlers + 15 us)",
                "x",
                door.with(race.seconds("bare handler"), (all, least) -> all / (1.5 * least + ALLOWANCE)));
        figures.say(what + ": door / bare handler", "x", door.over(race.seconds("bare handler")));
        figures.atMost(1, what + ": door / stock router", "x", door.over(race.seconds("stock adapter's router")));
    }

    private static long door(byte[] event) {
        long bytes = 0;
        for (int i = 0; i < TIMES; i++) {
            InputStream in = new ByteArrayInputStream(event);
            bytes += DOOR.apply(new GenericMessage<>(in)).length;
        }
        return bytes > 0 ? TIMES : 0;
    }

    /** A handler that knows what it is called for. */
    private interface Handler {
        byte[] handle(byte[] event);
    }

    private static long bare(Handler handler, byte[] event) throws IOException {
        long bytes = 0;
        for (int i = 0; i < TIMES; i++) {
            try (var in = new ByteArrayInputStream(event)) {
                bytes += handler.handle(in.readAllBytes()).length;
            }
        }
        return bytes > 0 ? TIMES : 0;
    }

    private static byte[] bareNotice(byte[] event) {
        String bucket = "";
        String key = "";
        String version = "";
        try (JsonParser json = EventShape.JSON.createParser(ObjectReadContext.empty(), event)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    switch (json.currentName()) {
                        case "name" -> bucket = json.getString();
                        case "key" -> key = URLDecoder.decode(json.getString(), StandardCharsets.UTF_8);
                        case "versionId" -> version = json.getString();
                        default -> {}
                    }
                }
            }
        }
        ReadReport report =
                read(new ObjectNotices(List.of(new ObjectNotice(bucket, key, Optional.of(version), Optional.empty()))));
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = EventShape.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("objects");
            report.objects().forEach(object -> json.writeString(object.toString()));
            json.writeEndArray();
            json.writeArrayPropertyStart("unread");
            report.unread().forEach(notice -> json.writeString(notice.key()));
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static byte[] bareRequest(byte[] event) {
        String method = "";
        String path = "";
        String query = "";
        String body = "";
        Map<String, String> headers = new HashMap<>();
        try (JsonParser json = EventShape.JSON.createParser(ObjectReadContext.empty(), event)) {
            boolean inHeaders = false;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    inHeaders = "headers".equals(json.currentName());
                } else if (token == JsonToken.END_OBJECT) {
                    inHeaders = false;
                } else if (token == JsonToken.VALUE_STRING && inHeaders) {
                    headers.put(json.currentName(), json.getString());
                } else if (token == JsonToken.VALUE_STRING) {
                    switch (json.currentName()) {
                        case "method" -> method = json.getString();
                        case "rawPath" -> path = json.getString();
                        case "rawQueryString" -> query = json.getString();
                        case "body" -> body = json.getString();
                        default -> {}
                    }
                }
            }
        }
        WebResponse response = answer(new WebRequest(method, path, query, headers, Map.of(), body), 0);
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = EventShape.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("statusCode", response.status());
            json.writeObjectPropertyStart("headers");
            response.headers().forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeStringProperty("body", response.body());
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static ReadReport read(ObjectNotices notices) {
        if (!notices.notices().getFirst().key().equals("subdivisions/subdivision-codes.csv")) {
            throw new IllegalStateException("The notice is another one.");
        }
        return new ReadReport(List.of(), List.of());
    }

    private static WebResponse answer(WebRequest request, int mostBytes) {
        if (!request.path().equals("/api/feeds") || request.headers().size() < 7) {
            throw new IllegalStateException("The request is another one.");
        }
        return new WebResponse(200, Map.of("content-type", "application/json"), "{\"items\":[]}");
    }

    /** Without blanks, as AWS writes it. */
    private static byte[] compact(String sample) {
        return JsonMapper.shared().readTree(Door.sample(sample)).toString().getBytes(StandardCharsets.UTF_8);
    }
}
