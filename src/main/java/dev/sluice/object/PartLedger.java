package dev.sluice.object;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The ledger as reading in parts needs it: the items of an object's parts, and which of them have been read. */
final class PartLedger {

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

        /** What the part has come to, if it has been read since reading that version of the object began. */
        Optional<LedgerEntry> of(LedgerEntry object) {
            return item.map(LedgerItem::entry)
                    .filter(part -> part.started().equals(object.started())
                            && part.state().isFinal());
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
     * A part has been read. Saying so twice is saying so once.
     *
     * @param object as it stood when the part was read
     * @return whether it was the last one; false also if the object is not read as it was then any more
     */
    boolean done(LedgerEntry object, Split split, int number) {
        try {
            var answer = aws.dynamoDb().updateItem(request -> request.tableName(settings.table())
                    .key(Map.of("id", AttributeValue.fromS(object.id())))
                    .updateExpression("ADD #done :number")
                    .conditionExpression("#started = :started AND #state = :reading")
                    .expressionAttributeNames(
                            Map.of("#done", LedgerItem.PARTS_DONE, "#started", "started", "#state", "state"))
                    .expressionAttributeValues(Map.of(
                            ":number", AttributeValue.fromNs(List.of(Integer.toString(number))),
                            ":started", AttributeValue.fromS(object.started().toString()),
                            ":reading", AttributeValue.fromS(ObjectState.READING.word())))
                    .returnValues(ReturnValue.ALL_NEW));
            return LedgerItem.done(new Item(answer.attributes())) == split.parts(object.bytes());
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }
}
