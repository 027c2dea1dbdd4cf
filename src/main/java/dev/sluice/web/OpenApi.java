package dev.sluice.web;

import dev.sluice.access.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of the API, made of the route table when it is asked for the first time.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI Specification 3.1</a>
 */
final class OpenApi implements Function<WebRequest, WebResponse> {

    /** Raised when clients have to change. */
    private static final String VERSION = "1";

    private static final String ABOUT =
            "A path that is not here is 404, a method that its path does not take 405 with Allow. HEAD is GET without a body;"
                    + " OPTIONS is 204 with Allow.";

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final SingletonSupplier<WebResponse> description;

    OpenApi(HttpSettings settings, Replies replies) {
        description = SingletonSupplier.of(() -> replies.json(describe(settings)));
    }

    @Override
    public WebResponse apply(WebRequest request) {
        return description.obtain();
    }

    private static ObjectNode describe(HttpSettings settings) {
        ObjectNode document = MAPPER.createObjectNode().put("openapi", "3.1.1");
        document.putObject("info")
                .put("title", "Sluice")
                .put("version", VERSION)
                .put("description", ABOUT);
        if (!settings.basePath().isEmpty()) {
            document.putArray("servers").addObject().put("url", settings.basePath());
        }
        var schemas = new Schemas();
        ObjectNode paths = document.putObject("paths");
        for (Route route : Routes.TABLE) {
            paths.withObjectProperty(String.join("/", route.parts()))
                    .set(route.method().toLowerCase(Locale.ROOT), operation(route, schemas));
        }
        ObjectNode components = document.putObject("components");
        components.set("responses", problems(schemas));
        components.set("schemas", schemas.all());
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT");
        return document;
    }

    private static ObjectNode operation(Route route, Schemas schemas) {
        Signature signature = route.signature();
        ObjectNode operation = MAPPER.createObjectNode();
        // The page's files are two paths of one bean, and an id is there once only.
        if (Routes.TABLE.stream()
                        .filter(other -> other.bean().equals(route.bean()))
                        .count()
                == 1) {
            operation.put("operationId", route.bean());
        }
        var security = operation.putArray("security");
        if (route.role() != Role.OPEN) {
            security.addObject().putArray("token").add(route.role().name().toLowerCase(Locale.ROOT));
        }
        var parameters = operation.putArray("parameters");
        for (String name : route.parameters()) {
            parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
        }
        for (QueryParameter parameter : signature.query()) {
            parameters
                    .addObject()
                    .put("name", parameter.name())
                    .put("in", "query")
                    .put("description", parameter.meaning())
                    .put("required", parameter instanceof QueryParameter.Text text && text.required())
                    .set("schema", schema(parameter));
        }
        signature
                .body()
                .ifPresent(body -> json(operation.putObject("requestBody").put("required", true), schemas.of(body)));
        ObjectNode responses = operation.putObject("responses");
        ObjectNode done =
                responses.putObject(Integer.toString(signature.status())).put("description", "Done");
        if (signature.reply().isEmpty()) {
            done.putObject("content").putObject("*/*");
        } else {
            json(done, schemas.of(signature.reply().getFirst(), parameters(signature.reply())));
        }
        if (route.method().equals("GET")) {
            responses.putObject("304").put("description", "As it is known already, by If-None-Match");
        }
        for (Problem.Kind kind : route.problems()) {
            responses.putObject(Integer.toString(kind.status())).put("$ref", "#/components/responses/" + kind.status());
        }
        return operation;
    }

    private static Class<?>[] parameters(List<Class<?>> type) {
        return type.subList(1, type.size()).toArray(Class<?>[]::new);
    }

    private static void json(ObjectNode part, JsonNode schema) {
        part.putObject("content").putObject("application/json").set("schema", schema);
    }

    private static ObjectNode schema(QueryParameter parameter) {
        ObjectNode schema = MAPPER.createObjectNode();
        return switch (parameter) {
            case QueryParameter.Whole number ->
                schema.put("type", "integer")
                        .put("minimum", number.least())
                        .put("maximum", number.most())
                        .put("default", number.usual());
            case QueryParameter.Time _ -> schema.put("type", "string").put("format", "date-time");
            case QueryParameter.Word word -> schema.put("type", "string").set("enum", MAPPER.valueToTree(word.words()));
            case QueryParameter.Text text ->
                schema.put("type", "string").put("pattern", "^(?:" + text.pattern() + ")$");
            case QueryParameter.AnyText _ -> schema.put("type", "string");
        };
    }

    /** Problems by their status. */
    private static ObjectNode problems(Schemas schemas) {
        Map<Integer, List<Problem.Kind>> byStatus =
                Arrays.stream(Problem.Kind.values()).collect(Collectors.groupingBy(Problem.Kind::status));
        ObjectNode problems = MAPPER.createObjectNode();
        byStatus.forEach((status, kinds) -> {
            ObjectNode problem = problems.putObject(Integer.toString(status))
                    .put("description", kinds.stream().map(Problem.Kind::title).collect(Collectors.joining(", or ")));
            ObjectNode schema = problem.putObject("content")
                    .putObject("application/problem+json")
                    .putObject("schema");
            schema.putArray("allOf").add(schemas.of(Problem.Details.class));
            ObjectNode properties = schema.putObject("properties");
            properties.putObject("status").put("const", status);
            properties
                    .putObject("type")
                    .set(
                            "enum",
                            MAPPER.valueToTree(
                                    kinds.stream().map(Problem.Kind::type).toList()));
        });
        return problems;
    }
}
