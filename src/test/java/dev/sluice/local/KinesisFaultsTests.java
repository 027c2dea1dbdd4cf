package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;

class KinesisFaultsTests extends WithLocalKinesis {

    @Test
    void singleRecordsFailWhenTold() {
        server.faults().add(KinesisFault.throttleRecords().ofKey("b").times(1));
        server.faults().add(KinesisFault.failRecords().ofKey("c").times(1));
        var batch = List.of(entry("a", 1), entry("b", 1), entry("c", 1), entry("b", 1), entry("c", 1));

        var reply = put(batch);

        assertThat(reply.failedRecordCount()).isEqualTo(2);
        assertThat(reply.records())
                .extracting(each -> each.errorCode())
                .containsExactly(null, "ProvisionedThroughputExceededException", "InternalFailure", null, null);
    }

    @Test
    void chanceIsRepeatable() {
        var failures = new ArrayList<Integer>();
        for (var run = 0; run < 2; run++) {
            server.faults().clear();
            server.faults().add(KinesisFault.throttleRecords().withProbability(0.3, 7));
            failures.add(put(entries(300, 1)).failedRecordCount());
        }

        assertThat(failures.getFirst()).isBetween(60, 120).isEqualTo(failures.getLast());
    }

    @Test
    void wholeRequestsFailWhenTold() {
        server.faults()
                .add(KinesisFault.failRequests("PutRecord", "ProvisionedThroughputExceededException")
                        .times(10));

        assertThatThrownBy(() -> putOne("a", 1)).isInstanceOf(ProvisionedThroughputExceededException.class);
        assertThat(put(entries(1, 1)).failedRecordCount()).isZero();
    }

    @Test
    void aLostReplyHasBeenCarriedOut() {
        server.faults().add(KinesisFault.loseReplies("PutRecords", Duration.ofMinutes(1)));

        assertThatThrownBy(() -> kinesis.putRecords(request -> request.streamName(STREAM)
                        .records(List.of(entry("a", 1)))
                        // Long enough for the request to get there, of a client that has just been made.
                        .overrideConfiguration(of -> of.apiCallTimeout(Duration.ofSeconds(3)))))
                .isInstanceOf(ApiCallTimeoutException.class);

        assertThat(readAll("shardId-000000000000")).hasSize(1);
    }

    @Test
    void faultsCanBeSetByHttp() throws Exception {
        var faults = server.endpoint().resolve("/_faults");
        try (var http = HttpClient.newHttpClient()) {
            var body = "{\"kind\":\"THROTTLE_RECORDS\",\"times\":2}";
            var added = http.send(
                    HttpRequest.newBuilder(faults)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.discarding());
            assertThat(added.statusCode()).isEqualTo(204);
            assertThat(put(entries(10, 1)).failedRecordCount()).isEqualTo(2);

            for (var wrong :
                    List.of("{\"kind\":\"NONE\"}", "{\"times\":1}", "{\"kind\":\"FAIL_RECORDS\",\"typo\":1}")) {
                var request = HttpRequest.newBuilder(faults)
                        .POST(HttpRequest.BodyPublishers.ofString(wrong))
                        .build();
                assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                        .as(wrong)
                        .isEqualTo(400);
            }
        }
    }
}
