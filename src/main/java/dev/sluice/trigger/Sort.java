package dev.sluice.trigger;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sorts of events, each with names at the top that no other sort has. An event that has such names of two sorts is
 * ambiguous. Sorts with a title are those that Lambda hands over and Sluice takes none of, whatever they hold.
 */
enum Sort {
    RECORDS("", "Records"),
    /** HTTP and WebSocket: API Gateway, load balancers, function URLs. */
    REQUEST("", "requestContext"),
    /** Amazon EventBridge User Guide, "AWS service event metadata". */
    EVENT_BRIDGE("", "detail-type"),
    S3_TEST("", "Event"),
    SNS_ENVELOPE("", "Type"),
    DIRECT("", "function"),
    WORK("", "notices"),

    /** Amazon API Gateway Developer Guide, "Input to an API Gateway Lambda authorizer", and for HTTP APIs its formats 1.0, 2.0. */
    AUTHORIZER("a call of an API Gateway authorizer", "methodArn", "routeArn"),
    /** Amazon Cognito Developer Guide, "Customizing user pool workflows with Lambda triggers". */
    COGNITO("a trigger of a Cognito user pool", "triggerSource"),
    /** Amazon CloudWatch Logs User Guide, "Log group-level subscription filters". */
    LOGS("a subscription of CloudWatch Logs", "awslogs"),
    /** Amazon CloudWatch User Guide, "Invoke a Lambda function from an alarm". */
    ALARM("an alarm of CloudWatch", "alarmArn"),
    /** Amazon Data Firehose Developer Guide, "Transform source data". */
    FIREHOSE("a transformation for Data Firehose", "deliveryStreamArn"),
    /** AWS Config Developer Guide, "Example Events for AWS Config Rules". */
    CONFIG("a rule of AWS Config", "invokingEvent"),
    /** AWS CodePipeline User Guide, "Invoke an AWS Lambda function in a pipeline". */
    PIPELINE("a job of CodePipeline", "CodePipeline.job"),
    /** Amazon S3 User Guide, "Invoke AWS Lambda function" of S3 Batch Operations. */
    S3_BATCH("a job of S3 Batch Operations", "invocationSchemaVersion"),
    /** Amazon S3 User Guide, "Event context format and usage", and "Writing Lambda functions" before it. */
    OBJECT_LAMBDA(
            "a request of S3 Object Lambda",
            "getObjectContext",
            "headObjectContext",
            "listObjectsContext",
            "listObjectsV2Context"),
    /** AWS CloudFormation User Guide, "Custom resource request reference". */
    CUSTOM_RESOURCE("a custom resource of CloudFormation", "ResponseURL"),
    /** AWS Lambda Developer Guide, "Using Lambda with Amazon MSK". */
    KAFKA("a batch of Kafka", "bootstrapServers"),
    /** AWS Lambda Developer Guide, "Using Lambda with Amazon MQ": ActiveMQ, RabbitMQ. */
    MQ("a batch of Amazon MQ", "messages", "rmqMessagesByQueue"),
    /** AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations". */
    DESTINATION("a record of another function's call", "requestPayload");

    private static final Map<String, Sort> BY_MARK = Arrays.stream(values())
            .flatMap(sort -> sort.marks.stream().map(mark -> Map.entry(mark, sort)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is
    private final Set<String> marks;

    Sort(String title, String... marks) {
        this.title = title;
        this.marks = Set.of(marks);
    }

    /** The sort whose mark the name is. */
    static Optional<Sort> marked(String name) {
        return Optional.ofNullable(BY_MARK.get(name));
    }

    /** The titled sort that one of these names tells of. */
    static Optional<Sort> foreign(Set<String> names) {
        return names.stream()
                .map(Sort::marked)
                .flatMap(Optional::stream)
                .filter(Sort::isForeign)
                .findFirst();
    }

    boolean isForeign() {
        return !title.isEmpty();
    }

    String title() {
        return title;
    }
}
