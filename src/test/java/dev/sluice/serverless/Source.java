package dev.sluice.serverless;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What calls a function in a template.
 *
 * @param trigger as {@code sluice.accepts} calls it
 * @param arn of the stream or queue that is read; empty for the others
 */
record Source(String trigger, String arn) implements Comparable<Source> {

    static Set<Source> of(Template template, String function) {
        var sources = new TreeSet<Source>();
        for (JsonNode mapping : template.mappings(function)) {
            String arn = template.text(mapping.path("EventSourceArn"));
            sources.add(new Source(trigger(arn), arn));
        }
        for (JsonNode permission : template.ofType("AWS::Lambda::Permission").values()) {
            if (template.names(permission.path("FunctionName"), function)
                    && permission.path("Principal").asString("").equals("s3.amazonaws.com")) {
                sources.add(new Source("s3", ""));
            }
        }
        for (JsonNode integration :
                template.ofType("AWS::ApiGatewayV2::Integration").values()) {
            if (template.names(integration.path("IntegrationUri"), function)) {
                JsonNode api = template.properties(template.text(integration.path("ApiId")));
                boolean http = api.path("ProtocolType").asString().equals("HTTP");
                sources.add(new Source(http ? "http" : "websocket", ""));
            }
        }
        for (JsonNode rule : template.ofType("AWS::Events::Rule").values()) {
            if (template.names(rule.path("Targets"), function)) {
                sources.add(new Source("direct", ""));
            }
        }
        return sources;
    }

    private static String trigger(String arn) {
        return switch (arn.split(":", -1)[2]) {
            case "sqs" -> "sqs";
            case "dynamodb" -> "stream";
            case "kinesis" -> "kinesis";
            default -> throw new AssertionError("Nothing reads " + arn);
        };
    }

    @Override
    public int compareTo(Source other) {
        return toString().compareTo(other.toString());
    }
}
