package dev.sluice.serverless;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A compiled CloudFormation template, with references resolved to made-up but well-formed names and ARNs. */
public record Template(Path file, JsonNode json) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");
    private static final String REGION = "us-east-1";
    private static final String ACCOUNT = "111122223333";

    /** A resource's properties. */
    public JsonNode properties(String resource) {
        JsonNode found = json.path("Resources").path(resource);
        if (found.isMissingNode()) {
            throw new AssertionError(file + " has no " + resource);
        }
        return found.path("Properties");
    }

    /** The resources of a type, by their names. */
    public Map<String, JsonNode> ofType(String type) {
        var found = new TreeMap<String, JsonNode>();
        json.path("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asString().equals(type))
                .forEach(resource ->
                        found.put(resource.getKey(), resource.getValue().path("Properties")));
        return found;
    }

    /** The functions by their logical names without what the framework adds: {@code Reader}. */
    Map<String, JsonNode> functions() {
        return ofType("AWS::Lambda::Function").entrySet().stream()
                .collect(Collectors.toMap(
                        function -> function.getKey().replaceFirst("LambdaFunction$", ""),
                        Map.Entry::getValue,
                        (one, _) -> one,
                        TreeMap::new));
    }

    /** The function of that name. */
    JsonNode function(String name) {
        return properties(name + "LambdaFunction");
    }

    /** The event source mappings that call a function. */
    List<JsonNode> mappings(String function) {
        return ofType("AWS::Lambda::EventSourceMapping").values().stream()
                .filter(mapping -> names(mapping.path("FunctionName"), function))
                .toList();
    }

    /** Whether a value names a function, one of its aliases too. */
    boolean names(JsonNode value, String function) {
        return value.toString().contains("\"" + function + "LambdaFunction\"");
    }

    /** A function's variables. */
    public Map<String, String> environment(String function) {
        return function(function).path("Environment").path("Variables").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, variable -> text(variable.getValue()), (one, _) -> one, TreeMap::new));
    }

    /** The same value with every reference resolved. */
    public JsonNode resolved(JsonNode value) {
        if (value.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> array.add(resolved(element)));
            return array;
        }
        if (!value.isObject()) {
            return value;
        }
        if (value.size() == 1 && value.propertyNames().iterator().next().matches("Ref|Fn::.*")) {
            return JsonNodeFactory.instance.stringNode(text(value));
        }
        var object = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(member -> object.set(member.getKey(), resolved(member.getValue())));
        return object;
    }

    /** What a value will be. */
    public String text(JsonNode value) {
        if (value.has("Ref")) {
            return reference(value.path("Ref").asString());
        }
        if (value.has("Fn::GetAtt")) {
            JsonNode path = value.path("Fn::GetAtt");
            return attribute(path.path(0).asString(), path.path(1).asString());
        }
        if (value.has("Fn::Sub")) {
            return VARIABLE.matcher(value.path("Fn::Sub").asString())
                    .replaceAll(variable -> Matcher.quoteReplacement(substitute(variable.group(1))));
        }
        if (value.has("Fn::Join")) {
            return StreamSupport.stream(value.path("Fn::Join").path(1).spliterator(), false)
                    .map(this::text)
                    .collect(Collectors.joining(value.path("Fn::Join").path(0).asString()));
        }
        return value.asString();
    }

    private String substitute(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? reference(name) : attribute(name.substring(0, dot), name.substring(dot + 1));
    }

    private String reference(String name) {
        return switch (name) {
            case "AWS::Partition" -> "aws";
            case "AWS::Region" -> REGION;
            case "AWS::AccountId" -> ACCOUNT;
            case "AWS::URLSuffix" -> "amazonaws.com";
            default ->
                switch (type(name)) {
                    case "AWS::S3::Bucket" -> text(properties(name).path("BucketName"));
                    case "AWS::SQS::Queue" -> "https://sqs.%s.amazonaws.com/%s/%s".formatted(REGION, ACCOUNT, name);
                    default -> name;
                };
        };
    }

    /** What {@code Fn::GetAtt} of a resource will be. */
    public String attribute(String name, String attribute) {
        String type = type(name);
        return switch (attribute) {
            case "Arn" ->
                switch (type) {
                    case "AWS::S3::Bucket" -> "arn:aws:s3:::" + reference(name);
                    case "AWS::DynamoDB::Table" -> arn("dynamodb", "table/" + name);
                    case "AWS::SQS::Queue" -> arn("sqs", name);
                    case "AWS::Kinesis::Stream" -> arn("kinesis", "stream/" + name);
                    case "AWS::Lambda::Function" -> arn("lambda", "function:" + name);
                    case "AWS::Events::Rule" -> arn("events", "rule/" + name);
                    case "AWS::IAM::Role" -> "arn:aws:iam::%s:role/%s".formatted(ACCOUNT, name);
                    default -> throw new AssertionError("The ARN of " + name + ", which is " + type);
                };
            case "StreamArn" -> arn("dynamodb", "table/" + name + "/stream/2027-01-15T00:00:00.000");
            default -> name;
        };
    }

    private String type(String name) {
        return json.path("Resources").path(name).path("Type").asString("");
    }

    static String arn(String service, String resource) {
        return "arn:aws:%s:%s:%s:%s".formatted(service, REGION, ACCOUNT, resource);
    }
}
