package dev.sluice.trigger;

import dev.sluice.change.BatchReply;
import dev.sluice.change.ChangeEventBatch;
import dev.sluice.change.ChangeEventBatch.Delivery;
import dev.sluice.value.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** The change feed's stream (AWS Lambda Developer Guide, "Using Lambda to process records from Kinesis Data Streams"). */
final class KinesisTrigger implements Trigger {

    private static final int MOST_DIGITS = 20;

    private static final String SOURCE = "eventSource=aws:kinesis";

    private final Function<ChangeEventBatch, BatchReply> processChanges;
    private final JsonMapper mapper;

    KinesisTrigger(Function<ChangeEventBatch, BatchReply> processChanges, JsonMapper mapper) {
        this.processChanges = processChanges;
        this.mapper = mapper;
    }

    @Override
    public String name() {
        return "kinesis";
    }

    @Override
    public boolean recognises(EventShape shape) {
        return shape.recordSource().equals(SOURCE);
    }

    @Override
    public byte[] handle(byte[] event) {
        var batch = new ChangeEventBatch(EventReader.records(event, KinesisTrigger::delivery));
        return mapper.writeValueAsBytes(processChanges.apply(batch));
    }

    private static Delivery delivery(EventReader record) {
        var found = new Object() {
            String sequence = "";
            String data = "";
            Optional<Instant> arrived = Optional.empty();
        };
        record.record(SOURCE, (name, value) -> {
            switch (name) {
                case "kinesis" ->
                    value.fields((part, content) -> {
                        switch (part) {
                            case "sequenceNumber" -> found.sequence = content.text();
                            case "data" -> found.data = content.text();
                            case "approximateArrivalTimestamp" -> found.arrived = Optional.of(time(content.text()));
                            default -> {}
                        }
                    });
                default -> {}
            }
        });
        if (found.sequence.isEmpty()) {
            throw new MalformedEventException("A record of the Kinesis event lacks its sequence number.");
        }
        return new Delivery(found.sequence, Json.of(decode(found.data)), found.arrived);
    }

    /** Seconds since 1970. */
    private static Instant time(String seconds) {
        try {
            var exact = new BigDecimal(seconds);
            // Of 1e999999999 the digits alone would take minutes.
            if (Math.abs((long) exact.scale()) > MOST_DIGITS) {
                throw new NumberFormatException();
            }
            return Instant.ofEpochMilli(exact.movePointRight(3).longValue());
        } catch (ArithmeticException | NumberFormatException _) {
            throw new MalformedEventException("A record of the Kinesis event has a time that is no number.");
        }
    }

    private static byte[] decode(String data) {
        try {
            return Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException _) {
            throw new MalformedEventException("A record of the Kinesis event has data that is not base64.");
        }
    }
}
