package dev.sluice.serverless;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a function's compiled role allows.
 *
 * @param allowed every action on every resource
 * @param characters of its policies
 */
record Role(List<Permission> allowed, int characters) {

    static Role of(Template template, JsonNode function) {
        String name = template.text(function.path("Role")).replaceFirst(".*/", "");
        var allowed = new ArrayList<Permission>();
        int characters = 0;
        for (JsonNode policy : template.properties(name).path("Policies")) {
            JsonNode document = template.resolved(policy.path("PolicyDocument"));
            characters += document.isMissingNode() ? 0 : document.toString().length();
            for (JsonNode statement : document.path("Statement")) {
                // What is denied is denied to the function's own code, and not to Lambda, which it is allowed for.
                if (statement.path("Effect").asString().equals("Allow")) {
                    allowed.addAll(permissions(statement));
                }
            }
        }
        return new Role(allowed, characters);
    }

    private static List<Permission> permissions(JsonNode statement) {
        List<String> resources = texts(statement.path("Resource"));
        return texts(statement.path("Action")).stream()
                .flatMap(action -> resources.stream().map(resource -> new Permission(action, resource)))
                .toList();
    }

    private static List<String> texts(JsonNode value) {
        return value.isArray() ? value.valueStream().map(JsonNode::asString).toList() : List.of(value.asString());
    }

    boolean allows(Permission needed) {
        return allowed.stream().anyMatch(one -> one.covers(needed));
    }
}
