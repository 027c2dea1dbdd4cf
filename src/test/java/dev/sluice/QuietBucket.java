package dev.sluice;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A bucket without versions that raises no notices, and what the ledger holds of it. */
record QuietBucket(RunningSluice sluice, String name) {

    static QuietBucket create(RunningSluice sluice, String name) {
        sluice.cloud().s3Client().createBucket(create -> create.bucket(name));
        return new QuietBucket(sluice, name);
    }

    void put(String key, String content) {
        sluice.cloud().s3Client().putObject(put -> put.bucket(name).key(key), RequestBody.fromString(content));
    }

    void delete(String key) {
        sluice.cloud().s3Client().deleteObject(delete -> delete.bucket(name).key(key));
    }

    /** Puts an object and has it read. */
    void read(String key, String content) {
        put(key, content);
        var notices = RunningSluice.JSON.createObjectNode();
        notices.putArray("notices").addObject().put("bucket", name).put("key", key);
        sluice.post("/functions/readObjects", notices.toString());
        awaitState(key, "done");
    }

    void awaitState(String key, String state) {
        await(key).until(() -> attribute(key, "state").s(), state::equals);
    }

    /** The object's ledger item; empty if there is none. */
    Map<String, AttributeValue> item(String key) {
        return sluice.cloud()
                .dynamoDbClient()
                .getItem(get -> get.tableName(sluice.resources().ledgerTable())
                        .key(Map.of("id", AttributeValue.fromS(id(key))))
                        .consistentRead(true))
                .item();
    }

    /** One attribute of it; an empty text if there is none. */
    AttributeValue attribute(String key, String name) {
        return item(key).getOrDefault(name, AttributeValue.fromS(""));
    }

    /** Writes into the ledger by hand. */
    void change(String key, Map<String, AttributeValue> attributes) {
        var item = new HashMap<>(item(key));
        item.putAll(attributes);
        item.put("id", AttributeValue.fromS(id(key)));
        sluice.cloud()
                .dynamoDbClient()
                .putItem(put -> put.tableName(sluice.resources().ledgerTable()).item(item));
    }

    /** As if the object had never been read. */
    void forget(String key) {
        sluice.cloud().dynamoDbClient().deleteItem(delete -> delete.tableName(
                        sluice.resources().ledgerTable())
                .key(Map.of("id", AttributeValue.fromS(id(key)))));
    }

    String id(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((name + "/" + key).getBytes(StandardCharsets.UTF_8));
    }
}
