package dev.sluice.row;

import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;

/** Writes a row unless a newer one of its key stands in the table. DynamoDB knows no conditions in a batch. */
record NewestPuts(DynamoDbClient dynamoDb, String table) implements RowPuts {

    /**
     * The same rank may be written again: it is the same row. S3 tells times in whole seconds, so of two versions of an
     * object that are equally new, the one that is read now is the newer one, wherever in them the row stands.
     */
    private static final String NOT_OLDER = "attribute_not_exists(#rank) OR #rank <= :rank"
            + " OR (begins_with(#rank, :object) AND #source.#version <> :version)";

    private static final Map<String, String> NAMES =
            Map.of("#rank", RowItem.RANK, "#source", RowItem.SOURCE, "#version", RowItem.VERSION);

    @Override
    public int most() {
        return 1;
    }

    @Override
    public Set<RowKey> send(List<RowItem> rows) {
        RowItem row = rows.getFirst();
        Rank rank = row.rank().orElseThrow();
        try {
            dynamoDb.putItem(request -> request.tableName(table)
                    .item(row.attributes())
                    .conditionExpression(NOT_OLDER)
                    .expressionAttributeNames(NAMES)
                    .expressionAttributeValues(Map.of(
                            ":rank", AttributeValue.fromS(rank.text()),
                            ":object", AttributeValue.fromS(rank.object()),
                            ":version", AttributeValue.fromS(row.version()))));
            return Set.of();
        } catch (ConditionalCheckFailedException _) {
            // A newer row is there; this one is done.
            return Set.of();
        } catch (ProvisionedThroughputExceededException | RequestLimitExceededException | ThrottlingException _) {
            return Set.of(row.key());
        }
    }
}
