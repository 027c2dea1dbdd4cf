package dev.sluice.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tells that something is wrong: each alarm by what it looks at, and the dashboard. */
@ExtendWith(Node.Required.class)
class AlarmsIT {

    static List<Packaged> configurations() {
        return Packaged.all();
    }

    /** Ages are milliseconds with Lambda, seconds with SQS. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            split  | RowsWait        | Maximum AWS/Lambda IteratorAge FunctionName ForwarderLambdaFunction | > 600000 in 2 x 300 s
            split  | ChangesWait     | Maximum AWS/Lambda IteratorAge FunctionName ProcessorLambdaFunction | > 600000 in 2 x 300 s
            split  | ObjectsWait     | Maximum Sluice OldestWaiting Bucket sluice-dev-files-111122223333-us-east-1 | > 3600 in 1 x 3600 s
            split  | LiveTailMisses  | Sum AWS/Lambda DroppedEventCount EventSourceMappingUUID LiveEventSourceMappingKinesisChangesStream | > 0 in 1 x 300 s
            split  | WorkWaits       | Maximum AWS/SQS ApproximateAgeOfOldestMessage QueueName WorkQueue | > 3600 in 1 x 300 s
            split  | NoticesWait     | Maximum AWS/Lambda AsyncEventAge FunctionName ReaderLambdaFunction | > 3600000 in 1 x 300 s
            queue  | NoticesWait     | Maximum AWS/SQS ApproximateAgeOfOldestMessage QueueName NoticesQueue | > 3600 in 1 x 300 s
            split  | SomethingFailed | Sum AWS/SQS NumberOfMessagesReceived QueueName FailedNotices | > 0 in 1 x 300 s
            split  | FailuresPileUp  | visible + held; visible: Minimum AWS/SQS ApproximateNumberOfMessagesVisible QueueName FailedNotices; held: Maximum AWS/SQS ApproximateNumberOfMessagesNotVisible QueueName FailedNotices | > 0 in 12 x 300 s
            split  | CallsFail       | SUM(METRICS()); reader, forwarder, processor, web, live, keeper: Sum AWS/Lambda Errors FunctionName | > 0 in 3 x 300 s
            split  | CallsThrottled  | SUM(METRICS()); reader, forwarder, processor, web, live, keeper: Sum AWS/Lambda Throttles FunctionName | > 0 in 3 x 300 s
            split  | FailuresLost    | SUM(METRICS()); reader, forwarder, processor, keeper: Sum AWS/Lambda DestinationDeliveryFailures FunctionName | > 0 in 1 x 300 s
            single | RowsWait        | Maximum AWS/Lambda IteratorAge FunctionName SluiceLambdaFunction | > 600000 in 2 x 300 s
            single | ChangesWait     | Maximum AWS/Lambda IteratorAge FunctionName SluiceLambdaFunction | > 600000 in 2 x 300 s
            single | NoticesWait     | Maximum AWS/Lambda AsyncEventAge FunctionName SluiceLambdaFunction | > 3600000 in 1 x 300 s
            single | CallsFail       | sluice: Sum AWS/Lambda Errors FunctionName | > 0 in 3 x 300 s
            single | CallsThrottled  | sluice: Sum AWS/Lambda Throttles FunctionName | > 0 in 3 x 300 s
            single | FailuresLost    | sluice: Sum AWS/Lambda DestinationDeliveryFailures FunctionName | > 0 in 1 x 300 s
            """)
    void anAlarmLooksAtWhatItsNameSays(String configuration, String alarm, String metrics, String breach) {
        Template template = Packaged.of(configuration).template();
        JsonNode properties = template.resolved(template.properties(alarm));

        assertThat(properties.has("Metrics") ? several(properties.path("Metrics")) : one(properties))
                .isEqualTo(metrics);
        assertThat(breach(properties)).isEqualTo(breach);
        assertThat(properties.path("TreatMissingData").asString("")).isEqualTo("notBreaching");
    }

    private static String one(JsonNode alarm) {
        return metric(alarm, alarm.path("Statistic"));
    }

    /** Those of functions together, by the functions' names, which are their ids. */
    private static String several(JsonNode metrics) {
        var parts = new LinkedHashMap<String, String>();
        for (JsonNode metric : metrics) {
            String id = metric.path("Id").asString();
            JsonNode stat = metric.path("MetricStat");
            if (metric.has("Expression")) {
                parts.put(metric.path("Expression").asString(), "");
            } else {
                String what = metric(stat.path("Metric"), stat.path("Stat"));
                String function = id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1) + "LambdaFunction";
                parts.merge(what.replace(" " + function, ""), id, (some, other) -> some + ", " + other);
            }
            // What an expression is made of is no result itself.
            assertThat(metric.path("ReturnData").asBoolean(true))
                    .isEqualTo(metric.has("Expression") || metrics.size() == 1);
        }
        return parts.entrySet().stream()
                .map(part -> part.getValue().isEmpty() ? part.getKey() : part.getValue() + ": " + part.getKey())
                .collect(Collectors.joining("; "));
    }

    private static String metric(JsonNode metric, JsonNode statistic) {
        assertThat(metric.path("Dimensions")).hasSize(1);
        return String.join(
                " ",
                statistic.asString(),
                metric.path("Namespace").asString(),
                metric.path("MetricName").asString(),
                metric.at("/Dimensions/0/Name").asString(),
                metric.at("/Dimensions/0/Value").asString());
    }

    private static String breach(JsonNode alarm) {
        Set<String> periods = alarm.findValuesAsString("Period").stream().collect(Collectors.toSet());
        assertThat(alarm.path("ComparisonOperator").asString()).isEqualTo("GreaterThanThreshold");
        return "> %s in %s x %s s"
                .formatted(
                        alarm.path("Threshold").asString(),
                        alarm.path("EvaluationPeriods").asString(),
                        String.join(", ", periods));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyAlarmTellsThoseWhoAsked(Packaged packaged) {
        Template template = packaged.template();
        int alarms = template.functions().containsKey("Live") ? 11 : 10;

        assertThat(template.ofType("AWS::CloudWatch::Alarm")).hasSize(alarms).allSatisfy((_, alarm) -> assertThat(
                        template.resolved(alarm.path("AlarmActions")).toString())
                .isEqualTo("[\"Alarms\"]"));
        assertThat(template.properties("Alarms").at("/Subscription/0/Endpoint").asString(""))
                .isEqualTo(packaged.name().equals("prod") ? "ops@example.com" : "");
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void alarmsAndTheDashboardWatchEveryFunction(Packaged packaged) {
        Template template = packaged.template();
        Set<String> functions = template.ofType("AWS::Lambda::Function").keySet();
        for (String alarm : List.of("CallsFail", "CallsThrottled")) {
            assertThat(functions(template, alarm)).as(alarm).isEqualTo(functions);
        }
        assertThat(functions(template, "FailuresLost"))
                .containsAll(template.ofType("AWS::Lambda::EventInvokeConfig").values().stream()
                        .map(config -> template.text(config.path("FunctionName")))
                        .toList());

        // Dashboards of all regions share their names.
        assertThat(template.text(template.properties("Dashboard").path("DashboardName")))
                .isEqualTo("sluice-%s-us-east-1".formatted(packaged.name().equals("prod") ? "prod" : "dev"));
        for (JsonNode widget : widgets(template)) {
            JsonNode metrics = widget.at("/properties/metrics");
            if (metrics.at("/0/0").asString().equals("AWS/Lambda")) {
                assertThat(StreamSupport.stream(metrics.spliterator(), false)
                                .map(metric -> metric.path(metric.size() - 1).asString()))
                        .as(widget.at("/properties/title").asString())
                        .containsOnly(functions.toArray(String[]::new));
            }
        }
    }

    /** By what the last value names: a metric of a name that nothing has would be empty for ever. */
    @ParameterizedTest
    @MethodSource("configurations")
    void everyLineOfTheDashboardIsAboutSomethingOfTheTemplate(Packaged packaged) {
        Template template = packaged.template();

        assertThat(lines(template)).isNotEmpty().allSatisfy(line -> {
            assertThat(line).hasSize(4);
            assertThat(line.getLast()).isIn(named(template, line.get(2)));
        });
    }

    private static Set<String> named(Template template, String dimension) {
        return switch (dimension) {
            case "FunctionName" -> template.ofType("AWS::Lambda::Function").keySet();
            case "EventSourceMappingUUID" ->
                template.ofType("AWS::Lambda::EventSourceMapping").keySet();
            case "QueueName" -> template.ofType("AWS::SQS::Queue").keySet();
            case "StreamName" -> template.ofType("AWS::Kinesis::Stream").keySet();
            case "TableName" -> template.ofType("AWS::DynamoDB::Table").keySet();
            case "Bucket" ->
                Set.of(template.text(template.properties("FilesBucket").path("BucketName")));
            default -> throw new AssertionError("What has the dimension " + dimension + "?");
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            split  | AWS/Lambda DroppedEventCount EventSourceMappingUUID LiveEventSourceMappingKinesisChangesStream
            single |
            queue  | AWS/Lambda DroppedEventCount EventSourceMappingUUID LiveEventSourceMappingKinesisChangesStream, \
                     AWS/SQS ApproximateNumberOfMessagesVisible QueueName NoticesQueue, \
                     AWS/SQS ApproximateAgeOfOldestMessage QueueName NoticesQueue
            """)
    void theDashboardShowsWhatTheAlarmsSendOneTo(String configuration, @Nullable String more) {
        Set<String> shown = lines(Packaged.of(configuration).template()).stream()
                .map(line -> String.join(" ", line))
                .filter(line -> !line.contains(" FunctionName "))
                .collect(Collectors.toSet());
        Set<String> expected = new TreeSet<>(Set.of(
                "AWS/SQS ApproximateNumberOfMessagesVisible QueueName WorkQueue",
                "AWS/SQS ApproximateNumberOfMessagesVisible QueueName LettersQueue",
                "AWS/SQS ApproximateNumberOfMessagesVisible QueueName FailedNotices",
                "AWS/SQS ApproximateAgeOfOldestMessage QueueName WorkQueue",
                "Sluice OldestWaiting Bucket sluice-dev-files-111122223333-us-east-1",
                "AWS/Kinesis IncomingBytes StreamName ChangesStream",
                "AWS/Kinesis GetRecords.Bytes StreamName ChangesStream",
                "AWS/Kinesis WriteProvisionedThroughputExceeded StreamName ChangesStream",
                "AWS/Kinesis ReadProvisionedThroughputExceeded StreamName ChangesStream",
                "AWS/DynamoDB ConsumedWriteCapacityUnits TableName RowsTable",
                "AWS/DynamoDB WriteThrottleEvents TableName RowsTable"));
        if (more != null) {
            expected.addAll(List.of(more.split(", *", -1)));
        }

        assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static JsonNode widgets(Template template) {
        String body = template.text(template.properties("Dashboard").path("DashboardBody"));
        return JsonMapper.shared().readTree(body).path("widgets");
    }

    /** Namespace, metric, dimension and value of each line: dots stand for what the line before has. */
    private static List<List<String>> lines(Template template) {
        var lines = new ArrayList<List<String>>();
        for (JsonNode widget : widgets(template)) {
            List<String> before = List.of();
            for (JsonNode metric : widget.at("/properties/metrics")) {
                var line = new ArrayList<String>();
                for (JsonNode part : metric) {
                    switch (part.asString()) {
                        case "." -> line.add(before.get(line.size()));
                        case "..." -> line.addAll(before.subList(0, before.size() - metric.size() + 1));
                        default -> line.add(part.asString());
                    }
                }
                lines.add(line);
                before = line;
            }
        }
        return lines;
    }

    private static Set<String> functions(Template template, String alarm) {
        return template.resolved(template.properties(alarm).path("Metrics")).findValues("Value").stream()
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
