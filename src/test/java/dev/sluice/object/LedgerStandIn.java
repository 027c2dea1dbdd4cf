package dev.sluice.object;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of DynamoDB as the ledger talks to: items by their ids. Of conditions it knows that
 * an item is there, that it is not, and who holds it; others are taken to hold. It refuses writes as if they met others.
 */
final class LedgerStandIn {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Pattern SUMMAND = Pattern.compile("#(\\w+) (:\\w+)");

    /** What is not answered as it was asked for. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String body;

        private RefusedException(String type, String... reasons) {
            super(type);
            var json = JSON.createObjectNode().put("__type", "com.amazonaws.dynamodb.v20120810#" + type);
            for (String reason : reasons) {
                json.withArray("/CancellationReasons").addObject().put("Code", reason);
            }
            body = json.toString();
        }

        String body() {
            return body;
        }
    }

    private final Map<String, ObjectNode> items = new ConcurrentHashMap<>();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile IntPredicate met = _ -> false;

    /** Which writes that are about objects meet others from now on, by their number; parts are in no transaction. */
    void meet(IntPredicate which) {
        met = which;
    }

    private boolean meets() {
        return met.test(writes.getAndIncrement());
    }

    void clear() {
        items.clear();
    }

    JsonNode item(String id) {
        return Optional.<JsonNode>ofNullable(items.get(id)).orElseGet(JSON::missingNode);
    }

    /** The answer. */
    synchronized String answer(String operation, JsonNode request) throws IOException, RefusedException {
        return switch (operation) {
            case "GetItem" -> {
                JsonNode item = item(id(request));
                yield item.isMissingNode() ? "{}" : "{\"Item\":%s}".formatted(item);
            }
            case "BatchGetItem" ->
                all(request.path("RequestItems").path("ledger").path("Keys"));
            case "PutItem", "UpdateItem" -> {
                if (!ObjectId.isPart(id(request)) && meets()) {
                    throw new RefusedException("TransactionConflictException");
                }
                if (!holds(request)) {
                    throw new RefusedException("ConditionalCheckFailedException");
                }
                yield write(request);
            }
            case "TransactWriteItems" -> {
                if (meets()) {
                    throw new RefusedException("TransactionCanceledException", "None", "TransactionConflict");
                }
                List<JsonNode> all = StreamSupport.stream(
                                request.path("TransactItems").spliterator(), false)
                        .map(write -> write.iterator().next())
                        .toList();
                if (!all.stream().allMatch(this::holds)) {
                    throw new RefusedException("TransactionCanceledException", "ConditionalCheckFailed", "None");
                }
                all.forEach(this::write);
                yield "{}";
            }
            default -> throw new IOException(operation);
        };
    }

    private boolean holds(JsonNode request) {
        String condition = request.path("ConditionExpression").asString("");
        JsonNode item = item(id(request));
        if (condition.startsWith("holder = :holder")) {
            return item.path("holder")
                    .equals(request.path("ExpressionAttributeValues").path(":holder"));
        }
        return condition.isEmpty() || item.isMissingNode() == condition.startsWith("attribute_not_exists");
    }

    private String write(JsonNode request) {
        if (request.has("Item")) {
            items.put(id(request), (ObjectNode) request.path("Item"));
            return "{}";
        }
        ObjectNode item = items.computeIfAbsent(id(request), _ -> (ObjectNode) request.path("Key"));
        return update(item, request.path("UpdateExpression").asString(), request);
    }

    private String all(JsonNode keys) {
        var found = JSON.createArrayNode();
        StreamSupport.stream(keys.spliterator(), false)
                .map(key -> item(text(key)))
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
            default ->
                SUMMAND.matcher(expression).results().forEach(summand -> {
                    long more = values.path(summand.group(2)).path("N").asLong();
                    String name = summand.group(1);
                    long before = item.path(name).path("N").asLong(0);
                    item.putObject(name).put("N", Long.toString(before + more));
                });
        }
        return "{\"Attributes\":%s}".formatted(item);
    }

    private static String id(JsonNode request) {
        return text(request.has("Item") ? request.path("Item") : request.path("Key"));
    }

    private static String text(JsonNode key) {
        return key.path("id").path("S").asString();
    }
}
