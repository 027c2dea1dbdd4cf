package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Item;
import dev.sluice.object.LedgerEntry.Counts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The ledger as reading in parts needs it: the items of an object's parts, and which of them have been read. */
public final class PartLedger {

    private final AwsClients aws;
    private final LedgerSettings settings;

    PartLedger(AwsClients aws, LedgerSettings settings) {
        this.aws = aws;
        this.settings = settings;
    }

    /**
     * A part as the ledger knows it.
     *
     * @param item the part's item, with its lease; none if nobody has looked at the part yet
     */
    record Standing(int number, Optional<Item> item) {

        /** How far the part has been read since reading that version of the object began. */
        Optional<LedgerEntry> begun(LedgerEntry object) {
            return item.map(LedgerItem::entry).filter(part -> part.started().equals(object.started()));
        }

        /** What it has come to, if it has been read to its end. */
        Optional<LedgerEntry> read(LedgerEntry object) {
            return begun(object).filter(part -> part.state().isFinal());
        }
    }

    /** All parts of an object, as they are now, in their order. */
    List<Standing> parts(LedgerEntry object, Split split) {
        List<String> ids = IntStream.range(0, split.parts(object.bytes()))
                .mapToObj(number -> ObjectId.part(object.id(), number))
                .toList();
        var found = new HashMap<String, Item>();
        LedgerItems.find(aws, settings, ids).forEach(item -> found.put(item.text("id"), item));
        return IntStream.range(0, ids.size())
                .mapToObj(number -> new Standing(number, Optional.ofNullable(found.get(ids.get(number)))))
                .toList();
    }

    /**
     * What the parts of an object that is being read in parts have come to so far.
     *
     * @param done how many have been read
     */
    public record Progress(int done, Counts counts) {}

    /** Empty if the object is not being read in parts. */
    public Optional<Progress> progress(LedgerEntry object) {
        return object.split().filter(split -> object.isReadInParts()).map(split -> {
            List<LedgerEntry> begun = parts(object, split).stream()
                    .flatMap(part -> part.begun(object).stream())
                    .toList();
            int done =
                    (int) begun.stream().filter(part -> part.state().isFinal()).count();
            return new Progress(done, begun.stream().map(LedgerEntry::counts).reduce(Counts.NONE, Counts::add));
        });
    }

    /**
     * A part has been read. Saying so twice is saying so once.
     *
     * @param object as it stood when the part was read
     * @return whether it was the last one; false also if the object is not read as it was then any more
     */
    boolean done(LedgerEntry object, Split split, int number, Instant now) {
        if (!touch(object, now)) {
            return false;
        }
        // An item of its own: whoever puts the object's entry has not seen what is added meanwhile.
        var answer = aws.dynamoDb().updateItem(request -> request.tableName(settings.table())
                .key(Map.of("id", AttributeValue.fromS(ObjectId.partsDone(object.id(), object.started()))))
                .updateExpression("ADD done :number SET expires = :expires")
                .expressionAttributeValues(Map.of(
                        ":number", AttributeValue.fromNs(List.of(Integer.toString(number))),
                        ":expires", LedgerItem.seconds(LedgerItem.expires(now))))
                .returnValues(ReturnValue.ALL_NEW));
        return new Item(answer.attributes()).numbers("done") == split.parts(object.bytes());
    }

    /** There is news of the object. False if it is not read as it was any more. */
    private boolean touch(LedgerEntry object, Instant now) {
        LedgerEntry touched = object.touch(now);
        try {
            LedgerWrites.write(aws, () -> aws.dynamoDb().updateItem(request -> request.tableName(settings.table())
                    .key(Map.of("id", AttributeValue.fromS(object.id())))
                    .updateExpression("SET #updated = :updated, #stateTime = :stateTime")
                    .conditionExpression("#started = :started AND #state = :reading")
                    .expressionAttributeNames(Map.of(
                            "#updated", "updated",
                            "#stateTime", LedgerItem.STATE_TIME,
                            "#started", "started",
                            "#state", "state"))
                    .expressionAttributeValues(Map.of(
                            ":updated", AttributeValue.fromS(touched.updated().toString()),
                            ":stateTime", AttributeValue.fromS(LedgerItem.stateTime(touched)),
                            ":started", AttributeValue.fromS(object.started().toString()),
                            ":reading", AttributeValue.fromS(ObjectState.READING.word())))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }
}
