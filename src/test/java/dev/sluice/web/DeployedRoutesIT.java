package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.serverless.Node;
import dev.sluice.serverless.Packaged;
import dev.sluice.serverless.Template;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The gateway lets everyone in where the route table does, and nowhere else. */
@ExtendWith(Node.Required.class)
class DeployedRoutesIT {

    /** Preflights have no token, and what watches over a site asks by HEAD; the function answers both. */
    private static final Set<String> OTHERS = Set.of("OPTIONS /{proxy+}", "HEAD /", "HEAD /api/health");

    @ParameterizedTest
    @ValueSource(strings = {"split", "single", "prod"})
    void onlyOpenRoutesAreOpen(String configuration) {
        Template template = Packaged.of(configuration).template();
        Set<String> open = Routes.TABLE.stream()
                .filter(route -> route.role() == Role.OPEN)
                .map(route -> route.method() + " " + String.join("/", route.parts()))
                .collect(Collectors.toCollection(TreeSet::new));
        open.addAll(OTHERS);

        List<JsonNode> routes = template.ofType("AWS::ApiGatewayV2::Route").values().stream()
                .filter(route -> template.text(route.path("ApiId")).equals("HttpApi"))
                .toList();
        assertThat(routes)
                .filteredOn(route -> !isGuarded(route))
                .extracting(DeployedRoutesIT::key)
                .containsExactlyInAnyOrderElementsOf(open);
        // Whatever no other route takes.
        assertThat(routes)
                .filteredOn(DeployedRoutesIT::isGuarded)
                .extracting(DeployedRoutesIT::key)
                .containsExactly("$default");
    }

    private static boolean isGuarded(JsonNode route) {
        return route.path("AuthorizationType").asString("").equals("JWT") && route.has("AuthorizerId");
    }

    private static String key(JsonNode route) {
        return route.path("RouteKey").asString();
    }
}
