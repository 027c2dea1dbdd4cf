package dev.sluice.trigger;

import dev.sluice.change.BatchReply;
import dev.sluice.change.Change;
import dev.sluice.change.ChangeBatch;
import dev.sluice.value.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** The rows table's stream (AWS Lambda Developer Guide, "Using AWS Lambda with Amazon DynamoDB"). */
final class StreamTrigger implements Trigger {

    private static final Logger LOG = LoggerFactory.getLogger(StreamTrigger.class);
    private static final int NANOS = 9;

    private final Function<ChangeBatch, BatchReply> forwardChanges;
    private final JsonMapper mapper;

    StreamTrigger(Function<ChangeBatch, BatchReply> forwardChanges, JsonMapper mapper) {
        this.forwardChanges = forwardChanges;
        this.mapper = mapper;
    }

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public boolean recognises(EventShape shape) {
        return shape.recordSource().equals("eventSource=aws:dynamodb");
    }

    @Override
    public byte[] handle(byte[] event) {
        List<Optional<Change>> records = EventReader.records(event, record -> new Decoding().read(record));
        var batch = new ChangeBatch(records.stream().flatMap(Optional::stream).toList());
        int foreign = records.size() - batch.changes().size();
        if (foreign > 0) {
            LOG.warn(
                    "Passed over {} changes of items that are no rows: something else writes into the rows table.",
                    foreign);
        }
        return mapper.writeValueAsBytes(forwardChanges.apply(batch));
    }

    /** One record while it is read. */
    private static final class Decoding {

        private String id = "";
        private String kind = "";
        private String partition = "";
        private String key = "";
        private String time = "";
        private String sequence = "";
        private Json before = Json.NULL;
        private Json after = Json.NULL;
        private String identityType = "";
        private String principal = "";

        /** Empty if the item is not one that Sluice has written. */
        Optional<Change> read(EventReader record) {
            record.fields((name, value) -> {
                switch (name) {
                    case "eventID" -> id = value.text();
                    case "eventName" -> kind = value.text();
                    case "dynamodb" -> value.fields(this::dynamodb);
                    case "userIdentity" -> value.fields(this::identity);
                    default -> {}
                }
            });
            if (id.isEmpty() || sequence.isEmpty()) {
                throw new MalformedEventException("A record of the stream lacks its id or sequence number.");
            }
            int mark = partition.lastIndexOf('#');
            if (mark < 0 || key.isEmpty() || (before.isNull() && after.isNull())) {
                return Optional.empty();
            }
            return Optional.of(new Change(
                    id, kind(), partition.substring(0, mark), key, time(), sequence, before, after, expired()));
        }

        private void dynamodb(String name, EventReader value) {
            switch (name) {
                case "ApproximateCreationDateTime" -> time = value.text();
                case "Keys" -> value.fields(this::key);
                case "NewImage" -> value.fields((column, image) -> after = data(column, image, after));
                case "OldImage" -> value.fields((column, image) -> before = data(column, image, before));
                case "SequenceNumber" -> sequence = value.text();
                default -> {}
            }
        }

        private void identity(String name, EventReader value) {
            switch (name) {
                case "type" -> identityType = value.text();
                case "principalId" -> principal = value.text();
                default -> {}
            }
        }

        /** Amazon DynamoDB Developer Guide, "DynamoDB Streams and Time to Live". */
        private boolean expired() {
            return identityType.equals("Service") && principal.equals("dynamodb.amazonaws.com");
        }

        private void key(String name, EventReader value) {
            value.fields((type, text) -> {
                switch (name) {
                    case "pk" -> partition = text.text();
                    case "sk" -> key = text.text();
                    default -> {}
                }
            });
        }

        private static Json data(String column, EventReader image, Json otherwise) {
            return column.equals("data") ? ImageDecoder.plain(image) : otherwise;
        }

        private Change.Kind kind() {
            return switch (kind) {
                case "INSERT" -> Change.Kind.INSERTED;
                case "MODIFY" -> Change.Kind.MODIFIED;
                case "REMOVE" -> Change.Kind.REMOVED;
                default -> throw new MalformedEventException("A record of the stream has no known eventName.");
            };
        }

        /** Seconds since 1970, whole or with a fraction, in any of JSON's notations. */
        private Instant time() {
            try {
                var seconds = new BigDecimal(time);
                long whole = seconds.longValue();
                long nanos = seconds.subtract(BigDecimal.valueOf(whole))
                        .movePointRight(NANOS)
                        .longValue();
                return Instant.ofEpochSecond(whole, nanos);
            } catch (ArithmeticException | NumberFormatException | DateTimeException _) {
                throw new MalformedEventException("A record of the stream has no time.");
            }
        }
    }
}
