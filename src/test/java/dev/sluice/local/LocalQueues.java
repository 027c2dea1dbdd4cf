package dev.sluice.local;

import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** The SQS of the local cloud: ElasticMQ on 127.0.0.1. */
final class LocalQueues {

    private LocalQueues() {}

    public static void main(String[] args) {
        Lifeline.serve(() -> SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .withAWSRegion("us-east-1")
                .start()
                .waitUntilStarted()
                .localAddress()
                .getPort());
    }
}
