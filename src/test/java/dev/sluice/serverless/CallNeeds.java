package dev.sluice.serverless;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a call of AWS needs to be allowed. A call is not called like the action that allows it: Service Authorization
 * Reference, of each service "Actions", and the API page of each call.
 */
final class CallNeeds {

    private static final Map<String, String> RESOURCES = Map.of(
            "files", "FilesBucket",
            "store", "StoreBucket",
            "rows", "RowsTable",
            "ledger", "LedgerTable",
            "connections", "ConnectionsTable",
            "changes", "ChangesStream",
            "work", "WorkQueue",
            "letters", "LettersQueue");

    private final Template template;

    CallNeeds(Template template) {
        this.template = template;
    }

    Stream<Permission> of(Call call) {
        return actions(call).stream().map(action -> new Permission(action, resource(call, action)));
    }

    private static List<String> actions(Call call) {
        return switch (call.service() + " " + call.operation()) {
            // Without the bucket's action, what is not there is answered by 403 instead of 404.
            case "S3 GetObject", "S3 HeadObject" -> List.of("s3:GetObject", "s3:ListBucket");
            case "S3 GetObjectVersion", "S3 HeadObjectVersion" -> List.of("s3:GetObjectVersion");
            case "S3 PutObject" -> List.of("s3:PutObject");
            case "S3 DeleteObject", "S3 DeleteObjects" -> List.of("s3:DeleteObject");
            case "S3 ListObjectsV2" -> List.of("s3:ListBucket");
            case "Sqs SendMessage", "Sqs SendMessageBatch" -> List.of("sqs:SendMessage");
            case "ApiGatewayManagementApi PostToConnection", "ApiGatewayManagementApi DeleteConnection" ->
                List.of("execute-api:ManageConnections");
            case "Kinesis PutRecords" -> List.of("kinesis:PutRecords");
            default -> {
                if (!call.service().equals("DynamoDb")) {
                    throw new AssertionError("Which action allows %s? Add it to CallNeeds.".formatted(call));
                }
                yield List.of("dynamodb:" + call.operation());
            }
        };
    }

    private String stage() {
        return template.properties("WebsocketsDeploymentStage")
                .path("StageName")
                .asString();
    }

    private String resource(Call call, String action) {
        if (action.equals("execute-api:ManageConnections")) {
            String method = call.operation().startsWith("Post") ? "POST" : "DELETE";
            return Template.arn("execute-api", "WebsocketsApi/%s/%s/@connections/x".formatted(stage(), method));
        }
        String name = call.resource().replaceFirst("/.*", "");
        String inside = action.equals("s3:ListBucket") ? "" : call.resource().substring(name.length());
        String resource = RESOURCES.get(name);
        if (resource == null) {
            throw new AssertionError("What is %s called in the template? Add it to CallNeeds.".formatted(name));
        }
        return template.attribute(resource, "Arn") + inside;
    }
}
