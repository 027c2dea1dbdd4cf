package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class LocalResourcesIT {

    private final LocalCloud cloud = LocalCloud.shared();

    @Test
    void everythingThatADeploymentOwnsIsThere() {
        var names = LocalResources.create(cloud, "resources");

        assertThat(names).isEqualTo(LocalResources.named("resources"));
        assertThat(cloud.s3Client()
                        .getBucketVersioning(of -> of.bucket("resources-files"))
                        .status())
                .isEqualTo(BucketVersioningStatus.ENABLED);
        cloud.s3Client().headBucket(of -> of.bucket("resources-store"));
        assertThat(table("resources-rows").streamSpecification().streamViewType())
                .isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
        assertThat(table("resources-ledger").globalSecondaryIndexes())
                .singleElement()
                .satisfies(index -> assertThat(index.indexName()).isEqualTo("byFeed"));
        assertThat(cloud.dynamoDbClient()
                        .describeTimeToLive(of -> of.tableName("resources-connections"))
                        .timeToLiveDescription()
                        .timeToLiveStatus())
                .isIn(TimeToLiveStatus.ENABLING, TimeToLiveStatus.ENABLED);
        assertThat(cloud.kinesisClient()
                        .describeStreamSummary(of -> of.streamName("resources-changes"))
                        .streamDescriptionSummary()
                        .openShardCount())
                .isEqualTo(2);
        var queue = cloud.sqsClient().getQueueUrl(of -> of.queueName("resources-work"));
        assertThat(cloud.sqsClient()
                        .getQueueAttributes(
                                of -> of.queueUrl(queue.queueUrl()).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                        .attributes()
                        .get(QueueAttributeName.REDRIVE_POLICY))
                .contains("resources-dead-letters", "5");
    }

    private TableDescription table(String name) {
        var table =
                cloud.dynamoDbClient().describeTable(of -> of.tableName(name)).table();
        assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
        return table;
    }
}
