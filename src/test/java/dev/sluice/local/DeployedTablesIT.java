package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.serverless.Node;
import dev.sluice.serverless.Packaged;
import dev.sluice.serverless.Template;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import tools.jackson.databind.JsonNode;

/** The tables that are deployed are those that everything else is tested with. */
@ExtendWith(Node.Required.class)
class DeployedTablesIT {

    private final LocalCloud cloud = LocalCloud.shared();

    @Test
    void theTablesAreThoseOfTheLocalCloud() {
        Template template = Packaged.of("split").template();
        var names = LocalResources.create(cloud, "deployed");

        Map.of(
                        "RowsTable", names.rowsTable(),
                        "LedgerTable", names.ledgerTable(),
                        "ConnectionsTable", names.connectionsTable())
                .forEach((resource, table) -> assertThat(deployed(template.properties(resource)))
                        .as(resource)
                        .isEqualTo(local(table)));
    }

    /**
     * @param stream what its stream shows of a change; empty without one
     * @param expires the attribute that says when an item may go; empty without one
     */
    private record Table(
            Map<String, String> types,
            Map<String, String> key,
            Map<String, Index> indexes,
            String stream,
            String expires) {}

    private record Index(Map<String, String> key, String projection, List<String> attributes) {}

    private static Table deployed(JsonNode table) {
        return new Table(
                pairs(table.path("AttributeDefinitions"), "AttributeType"),
                pairs(table.path("KeySchema"), "KeyType"),
                elements(table.path("GlobalSecondaryIndexes"))
                        .collect(Collectors.toMap(
                                index -> index.path("IndexName").asString(),
                                index -> new Index(
                                        pairs(index.path("KeySchema"), "KeyType"),
                                        index.at("/Projection/ProjectionType").asString(),
                                        elements(index.at("/Projection/NonKeyAttributes"))
                                                .map(JsonNode::asString)
                                                .toList()))),
                table.at("/StreamSpecification/StreamViewType").asString(""),
                table.at("/TimeToLiveSpecification/Enabled").asBoolean(false)
                        ? table.at("/TimeToLiveSpecification/AttributeName").asString()
                        : "");
    }

    private static Map<String, String> pairs(JsonNode array, String value) {
        return elements(array)
                .collect(Collectors.toMap(one -> one.path("AttributeName").asString(), one -> one.path(value)
                        .asString()));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private Table local(String name) {
        var client = cloud.dynamoDbClient();
        var table = client.describeTable(of -> of.tableName(name)).table();
        var stream = table.streamSpecification();
        var expiry = client.describeTimeToLive(of -> of.tableName(name)).timeToLiveDescription();
        return new Table(
                table.attributeDefinitions().stream()
                        .collect(Collectors.toMap(
                                AttributeDefinition::attributeName, AttributeDefinition::attributeTypeAsString)),
                key(table.keySchema()),
                table.globalSecondaryIndexes().stream()
                        .collect(Collectors.toMap(
                                index -> index.indexName(),
                                index -> new Index(
                                        key(index.keySchema()),
                                        index.projection().projectionTypeAsString(),
                                        attributes(index.projection())))),
                stream == null ? "" : stream.streamViewTypeAsString(),
                expiry.attributeName() == null ? "" : expiry.attributeName());
    }

    private static Map<String, String> key(List<KeySchemaElement> schema) {
        return schema.stream()
                .collect(Collectors.toMap(KeySchemaElement::attributeName, KeySchemaElement::keyTypeAsString));
    }

    private static List<String> attributes(Projection projection) {
        return projection.hasNonKeyAttributes() ? projection.nonKeyAttributes() : List.of();
    }
}
