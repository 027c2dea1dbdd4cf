package dev.sluice.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Sends notices to the SQS queue of their bucket, in order, after the request that raised them has been answered, as S3
 * does. A bucket without a queue has no notifications. A notice that cannot be sent after a minute is given up, and
 * said so.
 */
final class NoticeOutbox {

    private record Letter(String bucket, String body) {}

    private static final int TRIES = 60;
    private static final long PAUSE_MILLIS = 1_000;

    private final BlockingQueue<Letter> letters = new LinkedBlockingQueue<>();
    private final CompletableFuture<URI> queues = new CompletableFuture<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    NoticeOutbox() {
        Thread.ofPlatform().daemon().name("notice-outbox").start(this::deliver);
    }

    /** Where SQS listens. */
    void sendTo(URI sqs) {
        queues.complete(sqs);
    }

    void add(String bucket, String body) {
        letters.add(new Letter(bucket, body));
    }

    private void deliver() {
        try {
            var sqs = queues.join();
            while (true) {
                send(sqs, letters.take());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(URI sqs, Letter letter) throws InterruptedException {
        var failure = "";
        for (var attempt = 0; attempt < TRIES; attempt++) {
            try {
                var response = http.send(request(sqs, letter), HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200 || hasNoQueue(response.body())) {
                    return;
                }
                failure = "SQS answered " + response.statusCode();
            } catch (IOException e) {
                failure = e.toString();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        Lifeline.note("a notice of bucket " + letter.bucket() + " was LOST: " + failure);
    }

    private static boolean hasNoQueue(String body) {
        return body.contains("QueueDoesNotExist") || body.contains("NonExistentQueue");
    }

    private static HttpRequest request(URI sqs, Letter letter) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "QueueUrl",
                        sqs.resolve("/000000000000/" + letter.bucket() + "-notices")
                                .toString())
                .put("MessageBody", letter.body());
        return HttpRequest.newBuilder(sqs)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS.SendMessage")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
                .build();
    }
}
