package dev.sluice.serverless;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What Lambda itself does with a function's role, which follows from how the function is set up. */
final class LambdaNeeds {

    private final Template template;
    private final String name;
    private final Set<Permission> needed = new TreeSet<>();

    private LambdaNeeds(Template template, String name) {
        this.template = template;
        this.name = name;
    }

    static Set<Permission> of(Template template, String name) {
        var needs = new LambdaNeeds(template, name);
        needs.ofTheFunction(template.function(name));
        template.mappings(name).forEach(needs::ofMapping);
        needs.ofFailedCalls();
        return needs.needed;
    }

    /** AWS Lambda Developer Guide, "Defining Lambda function permissions with an execution role" and the pages it names. */
    private void ofTheFunction(JsonNode function) {
        String log = Template.arn(
                "logs",
                "log-group:/aws/lambda/%s:log-stream:x".formatted(template.text(function.path("FunctionName"))));
        need(log, "logs:CreateLogStream", "logs:PutLogEvents");
        if (function.path("TracingConfig").path("Mode").asString("").equals("Active")) {
            need("*", "xray:PutTelemetryRecords", "xray:PutTraceSegments");
        }
        if (function.has("VpcConfig")) {
            need(
                    Template.arn("ec2", "network-interface/x"),
                    "ec2:AssignPrivateIpAddresses",
                    "ec2:CreateNetworkInterface",
                    "ec2:DeleteNetworkInterface",
                    "ec2:UnassignPrivateIpAddresses");
            need(Template.arn("ec2", "subnet/x"), "ec2:CreateNetworkInterface");
            need(Template.arn("ec2", "security-group/x"), "ec2:CreateNetworkInterface");
            need("*", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets");
        }
    }

    /** The same guide on each source, under "Execution role permissions". */
    private void ofMapping(JsonNode mapping) {
        String source = template.text(mapping.path("EventSourceArn"));
        switch (source.split(":", -1)[2]) {
            case "sqs" -> need(source, "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage");
            case "dynamodb" ->
                need(
                        source,
                        "dynamodb:DescribeStream",
                        "dynamodb:GetRecords",
                        "dynamodb:GetShardIterator",
                        "dynamodb:ListStreams");
            case "kinesis" ->
                need(
                        source,
                        "kinesis:DescribeStream",
                        "kinesis:DescribeStreamSummary",
                        "kinesis:GetRecords",
                        "kinesis:GetShardIterator",
                        "kinesis:ListShards");
            default -> throw new AssertionError("What does Lambda need to read " + source + "?");
        }
        destination(mapping.path("DestinationConfig"));
    }

    private void ofFailedCalls() {
        for (JsonNode config : template.ofType("AWS::Lambda::EventInvokeConfig").values()) {
            if (template.names(config.path("FunctionName"), name)) {
                destination(config.path("DestinationConfig"));
            }
        }
    }

    /** The same guide, "Capturing records of Lambda asynchronous invocations" and "Retaining discarded batches". */
    private void destination(JsonNode config) {
        String destination = template.text(config.path("OnFailure").path("Destination"));
        switch (destination.isEmpty() ? "" : destination.split(":", -1)[2]) {
            case "" -> {}
            case "sqs" -> need(destination, "sqs:SendMessage");
            case "s3" -> {
                need(destination, "s3:ListBucket");
                need(destination + "/aws/lambda/x", "s3:PutObject");
            }
            default -> throw new AssertionError("What does Lambda need to write to " + destination + "?");
        }
    }

    private void need(String resource, String... actions) {
        Stream.of(actions).forEach(action -> needed.add(new Permission(action, resource)));
    }
}
