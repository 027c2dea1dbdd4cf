package dev.sluice.object;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of DynamoDB as the ledger talks to: items by their ids. Of conditions it knows that
 * an item is there, that it is not, and who holds it; others are taken to hold.
 */
final class LedgerStandIn {

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, ObjectNode> items = new ConcurrentHashMap<>();

    void clear() {
        items.clear();
    }

    JsonNode item(String id) {
        return Optional.<JsonNode>ofNullable(items.get(id)).orElseGet(JSON::missingNode);
    }

    /** The answer; empty if the condition does not hold. */
    synchronized Optional<String> answer(String operation, JsonNode request) throws IOException {
        return switch (operation) {
            case "GetItem" -> {
                JsonNode item = item(id(request.path("Key")));
                yield Optional.of(item.isMissingNode() ? "{}" : "{\"Item\":%s}".formatted(item));
            }
            case "BatchGetItem" ->
                Optional.of(all(request.path("RequestItems").path("ledger").path("Keys")));
            case "PutItem" -> {
                boolean create =
                        request.path("ConditionExpression").asString("").startsWith("attribute_not_exists");
                String id = id(request.path("Item"));
                if ((create && items.containsKey(id)) || isOthers(id, request)) {
                    yield Optional.empty();
                }
                items.put(id, (ObjectNode) request.path("Item"));
                yield Optional.of("{}");
            }
            case "UpdateItem" -> {
                JsonNode key = request.path("Key");
                if (!request.has("ConditionExpression")) {
                    items.computeIfAbsent(id(key), _ -> (ObjectNode) key);
                }
                yield Optional.ofNullable(items.get(id(key)))
                        .filter(_ -> !isOthers(id(key), request))
                        .map(item ->
                                update(item, request.path("UpdateExpression").asString(), request));
            }
            default -> throw new IOException(operation);
        };
    }

    /** Whether the request may change only what its sender holds, and somebody else does. */
    private boolean isOthers(String id, JsonNode request) {
        return request.path("ConditionExpression").asString("").equals("holder = :holder")
                && !item(id).path("holder")
                        .equals(request.path("ExpressionAttributeValues").path(":holder"));
    }

    private String all(JsonNode keys) {
        var found = JSON.createArrayNode();
        StreamSupport.stream(keys.spliterator(), false)
                .map(key -> item(id(key)))
                .filter(item -> !item.isMissingNode())
                .forEach(found::add);
        return "{\"Responses\":{\"ledger\":%s},\"UnprocessedKeys\":{}}".formatted(found);
    }

    private static String update(ObjectNode item, String expression, JsonNode request) {
        JsonNode values = request.path("ExpressionAttributeValues");
        switch (expression) {
            case "SET holder = :holder, leaseUntil = :until" -> {
                item.set("holder", values.path(":holder"));
                item.set("leaseUntil", values.path(":until"));
            }
            case "SET leaseUntil = :until" -> item.set("leaseUntil", values.path(":until"));
            case "REMOVE leaseUntil" -> item.remove("leaseUntil");
            case "SET #updated = :updated, #stateTime = :stateTime" -> {
                item.set("updated", values.path(":updated"));
                item.set("stateTime", values.path(":stateTime"));
            }
            case "ADD done :number SET expires = :expires" -> {
                ArrayNode done = item.withArray("/done/NS");
                JsonNode number = values.path(":number").path("NS").path(0);
                if (done.valueStream().noneMatch(number::equals)) {
                    done.add(number);
                }
                item.set("expires", values.path(":expires"));
            }
            default -> throw new IllegalArgumentException(expression);
        }
        return "{\"Attributes\":%s}".formatted(item);
    }

    private static String id(JsonNode item) {
        return item.path("id").path("S").asString();
    }
}
