package dev.sluice.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.serverless.CallRecorder.Part;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

class CallRecorderTests {

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsAboutWhatADeploymentCallsSoOrAboutWhatNoTableHas(SdkRequest request, List<String> resources) {
        assertThat(CallRecorder.resources(request)).containsExactlyInAnyOrderElementsOf(resources);
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments(
                        GetObjectRequest.builder()
                                .bucket("x-store")
                                .key("letters/1.json")
                                .build(),
                        List.of("store/letters/x")),
                arguments(GetObjectRequest.builder().bucket("files").key("a/b").build(), List.of("files/x")),
                arguments(
                        GetObjectRequest.builder()
                                .bucket("x-elsewhere")
                                .key("a")
                                .build(),
                        List.of("x-elsewhere/x")),
                arguments(
                        QueryRequest.builder()
                                .tableName("x-rows")
                                .indexName("bySource")
                                .build(),
                        List.of("rows/index/bySource")),
                arguments(
                        BatchWriteItemRequest.builder()
                                .requestItems(Map.of("x-rows", List.of(), "x-ledger", List.of()))
                                .build(),
                        List.of("rows", "ledger")),
                arguments(queue("http://127.0.0.1:1/work"), List.of("work")),
                arguments(queue("http://127.0.0.1:1/0/x-letters"), List.of("letters")),
                arguments(queue("http://127.0.0.1:1/0/x-dead-letters"), List.of("dead-letters")),
                arguments(PutRecordsRequest.builder().streamName("x-changes").build(), List.of("changes")),
                arguments(PutRecordsRequest.builder().streamARN("arn").build(), List.of("unknown")),
                arguments(TransactWriteItemsRequest.builder().build(), List.of("unknown")));
    }

    @Test
    void aTransactionNeedsWhatIsInIt() {
        var put = TransactWriteItem.builder()
                .put(Put.builder().tableName("x-ledger").build())
                .build();
        var update = TransactWriteItem.builder()
                .update(Update.builder().tableName("x-rows").build())
                .build();
        var check = TransactWriteItem.builder()
                .conditionCheck(ConditionCheck.builder().tableName("x-rows").build())
                .build();

        assertThat(CallRecorder.made("TransactWriteItems", transaction(put, update)))
                .containsExactly(new Part("PutItem", "ledger"), new Part("UpdateItem", "rows"));
        assertThat(CallRecorder.made("TransactWriteItems", transaction(check)))
                .containsExactly(new Part("TransactWriteItems", "unknown"));
    }

    private static SdkRequest transaction(TransactWriteItem... items) {
        return TransactWriteItemsRequest.builder().transactItems(items).build();
    }

    private static SdkRequest queue(String url) {
        return SendMessageRequest.builder().queueUrl(url).build();
    }
}
