package dev.sluice.trigger;

import dev.sluice.change.BatchReply;
import dev.sluice.change.ChangeBatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** The rows table's stream (AWS Lambda Developer Guide, "Using AWS Lambda with Amazon DynamoDB"). */
final class StreamTrigger implements Trigger {

    private static final Logger LOG = LoggerFactory.getLogger(StreamTrigger.class);

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
        return shape.recordSource().equals("eventSource=" + StreamRecords.SOURCE);
    }

    @Override
    public byte[] handle(byte[] event) {
        var records = new StreamRecords(event);
        ChangeBatch batch = records.changes();
        if (records.foreign() > 0) {
            LOG.warn(
                    "Passed over {} changes of items that are no rows: something else writes into the rows table.",
                    records.foreign());
        }
        return mapper.writeValueAsBytes(forwardChanges.apply(batch));
    }
}
