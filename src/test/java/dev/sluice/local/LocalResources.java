package dev.sluice.local;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The names of everything that a deployment of Sluice owns.
 *
 * @param bucket where files land; versioned
 * @param noticeQueue where the bucket's notices go, in place of Lambda's own queue of asynchronous invocations
 */
public record LocalResources(
        String bucket,
        String storeBucket,
        String rowsTable,
        String ledgerTable,
        String connectionsTable,
        String stream,
        String workQueue,
        String lettersQueue,
        String deadLetterQueue,
        String noticeQueue) {

    /**
     * How often a message of the work queue is tried.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html">Creating and configuring an
     *     Amazon SQS event source mapping</a>
     */
    static final int RECEIVES = 5;

    /** The names that begin with this prefix. */
    public static LocalResources named(String prefix) {
        return new LocalResources(
                prefix + "-files",
                prefix + "-store",
                prefix + "-rows",
                prefix + "-ledger",
                prefix + "-connections",
                prefix + "-changes",
                prefix + "-work",
                prefix + "-letters",
                prefix + "-dead-letters",
                prefix + "-files-notices");
    }

    /** Creates them all. */
    public static LocalResources create(LocalCloud cloud, String prefix) {
        var names = named(prefix);
        var tables = cloud.dynamoDbClient();
        // The queue before the bucket, so that not even the first object goes unnoticed.
        inParallel(
                () -> {
                    names.createQueues(cloud.sqsClient());
                    names.createBucket(cloud);
                },
                () -> cloud.s3Client().createBucket(bucket -> bucket.bucket(names.storeBucket)),
                () -> names.createRows(tables),
                () -> names.createLedger(tables),
                () -> names.createConnections(tables),
                () -> cloud.kinesisClient()
                        .createStream(stream -> stream.streamName(names.stream).shardCount(2)));
        return names;
    }

    /** The application's settings for them. */
    public Map<String, String> settings(LocalCloud cloud) {
        return Map.of(
                "sluice.bucket", bucket,
                "sluice.store.bucket", storeBucket,
                "sluice.rows.table", rowsTable,
                "sluice.ledger.table", ledgerTable,
                "sluice.connections.table", connectionsTable,
                "sluice.work.queue", url(cloud, workQueue),
                "sluice.work.letters", url(cloud, lettersQueue),
                "sluice.changes.stream", stream,
                "sluice.letters.queue", deadLetterQueue);
    }

    private static String url(LocalCloud cloud, String queue) {
        return cloud.sqsClient().getQueueUrl(of -> of.queueName(queue)).queueUrl();
    }

    private void createBucket(LocalCloud cloud) {
        cloud.s3Client().createBucket(create -> create.bucket(bucket));
        cloud.s3Client().putBucketVersioning(put -> put.bucket(bucket)
                .versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED)));
    }

    private void createQueues(SqsClient sqs) {
        var letters = sqs.createQueue(queue -> queue.queueName(deadLetterQueue)).queueUrl();
        var arn = sqs.getQueueAttributes(of -> of.queueUrl(letters).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        var redrive = "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}".formatted(arn, RECEIVES);
        for (String name : List.of(workQueue, lettersQueue)) {
            sqs.createQueue(
                    queue -> queue.queueName(name).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, redrive)));
        }
        sqs.createQueue(queue -> queue.queueName(noticeQueue));
    }

    private void createRows(DynamoDbClient tables) {
        tables.createTable(table -> table.tableName(rowsTable)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                .attributeDefinitions(text("pk"), text("sk"), text("bySource"))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("bySource")
                        .keySchema(key("bySource", KeyType.HASH), key("sk", KeyType.RANGE))
                        .projection(some ->
                                some.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("source"))
                        .build())
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    }

    private void createLedger(DynamoDbClient tables) {
        tables.createTable(table -> table.tableName(ledgerTable)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("id", KeyType.HASH))
                .attributeDefinitions(text("id"), text("feed"), text("stateTime"))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("byFeed")
                        .keySchema(key("feed", KeyType.HASH), key("stateTime", KeyType.RANGE))
                        .projection(all -> all.projectionType(ProjectionType.ALL))
                        .build()));
        expire(tables, ledgerTable);
    }

    private void createConnections(DynamoDbClient tables) {
        tables.createTable(table -> table.tableName(connectionsTable)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("id", KeyType.HASH))
                .attributeDefinitions(text("id")));
        expire(tables, connectionsTable);
    }

    private static void expire(DynamoDbClient tables, String table) {
        tables.updateTimeToLive(update -> update.tableName(table)
                .timeToLiveSpecification(ttl -> ttl.attributeName("expires").enabled(true)));
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static void inParallel(Runnable... steps) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = List.of(steps).stream().map(threads::submit).toList();
            for (var each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the local resources could not be created", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the local resources were created", e);
        }
    }
}
