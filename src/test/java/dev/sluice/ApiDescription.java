package dev.sluice;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An OpenAPI document as its readers use it. */
public final class ApiDescription {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(ApiDescription::published)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));

    private final JsonNode document;

    public ApiDescription(String json) {
        document = JsonMapper.shared().readTree(json);
    }

    public JsonNode document() {
        return document;
    }

    /** OpenAPI's own schemas, as they are published. */
    private static @Nullable String published(String id) {
        if (!id.startsWith("https://spec.openapis.org/")) {
            return null;
        }
        try (InputStream in = ApiDescription.class.getResourceAsStream(id.replace("https:/", ""))) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with the document. */
    public List<String> faults() {
        return faults(
                REGISTRY.getSchema(SchemaLocation.of("https://spec.openapis.org/oas/3.1/schema-base/2022-10-07")),
                document.toString());
    }

    /**
     * The operation that a request is, as {@code GET /path}: of the paths that it fits, the most literal one that takes its
     * method, if there is one. Empty if it is at none of the document's paths.
     */
    public String operation(String method, String path) {
        return document.path("paths").propertyNames().stream()
                .filter(one -> path.matches(one.replace(".", "\\.").replaceAll("\\{[a-z]+}", "[^/]+")))
                .min(Comparator.<String, Boolean>comparing(one -> !operations().containsKey(method + " " + one))
                        .thenComparing(one -> one.contains("{")))
                .map(one -> method + " " + one)
                .orElse("");
    }

    /** What is wrong with a reply to an operation; the document has to tell of it. */
    public List<String> faults(String operation, int status, String contentType, String body) {
        JsonNode response = response(operation, Integer.toString(status));
        if (response.isMissingNode()) {
            return List.of("The status %d is not described.".formatted(status));
        }
        if (!response.has("content")) {
            return body.isEmpty() ? List.of() : List.of("No content is described.");
        }
        if (response.path("content").has("*/*")) {
            return List.of();
        }
        JsonNode content = response.path("content").path(contentType);
        if (content.isMissingNode()) {
            return List.of("The type %s is not described.".formatted(contentType));
        }
        ObjectNode schema = (ObjectNode) content.path("schema").deepCopy();
        // The references lead there.
        schema.set("components", document.path("components"));
        return faults(REGISTRY.getSchema(schema), body);
    }

    private JsonNode response(String operation, String status) {
        JsonNode described = operations().get(operation);
        if (described == null) {
            // A method that the path does not take.
            return status.equals("405") ? document.at("/components/responses/405") : document.path("");
        }
        JsonNode response = described.path("responses").path(status);
        return response.has("$ref")
                ? document.at(response.path("$ref").asString().substring(1))
                : response;
    }

    private static List<String> faults(Schema schema, String json) {
        return schema.validate(json, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }

    /** Every operation as {@code GET /path}. */
    public Map<String, JsonNode> operations() {
        var operations = new TreeMap<String, JsonNode>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> operations.put(
                        operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), operation.getValue())));
        return operations;
    }
}
