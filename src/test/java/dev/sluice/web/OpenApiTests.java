package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ApiDescription;
import dev.sluice.access.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API says what the route table says, in OpenAPI's words. */
class OpenApiTests {

    static final List<Route> TABLE = Routes.TABLE;

    private static final ApiDescription API = describe("");

    private static ApiDescription describe(String basePath) {
        var settings = new HttpSettings(basePath, 100, new HttpSettings.Cors(List.of()));
        return new ApiDescription(new OpenApi(settings, new Replies(JsonMapper.shared()))
                .apply(new WebRequest(null, null, null, null, null, null))
                .body());
    }

    @Test
    void itIsOpenApi() {
        assertThat(API.faults()).isEmpty();
        assertThat(new ApiDescription("{\"openapi\":\"3.1.1\",\"info\":{},\"paths\":{}}").faults())
                .isNotEmpty();
    }

    @ParameterizedTest
    @FieldSource("TABLE")
    void everyRouteIsInIt(Route route) {
        JsonNode operation = API.operations()
                .getOrDefault(
                        route.method() + " " + String.join("/", route.parts()),
                        JsonMapper.shared().missingNode());

        assertThat(operation.path("operationId").asString(route.bean())).isEqualTo(route.bean());
        assertThat(operation.path("security").toString())
                .isEqualTo(
                        route.role() == Role.OPEN
                                ? "[]"
                                : "[{\"token\":[\"%s\"]}]"
                                        .formatted(route.role().name().toLowerCase(Locale.ROOT)));
        assertThat(operation.path("parameters"))
                .extracting(parameter -> parameter.path("in").asString() + " "
                        + parameter.path("name").asString())
                .containsExactlyElementsOf(Stream.concat(
                                route.parameters().stream().map(name -> "path " + name),
                                route.signature().query().stream().map(query -> "query " + query.name()))
                        .toList());
        assertThat(operation.has("requestBody"))
                .isEqualTo(route.signature().body().isPresent());
    }

    @Test
    void nothingElseIsInIt() {
        assertThat(API.operations()).hasSameSizeAs(TABLE);
    }

    @Test
    void everyObjectSaysWhatMayBeInIt() {
        JsonNode schemas = API.document().path("components").path("schemas");

        assertThat(schemas).isNotEmpty();
        assertThat(schemas.findParents("properties")).allSatisfy(schema -> assertThat(
                        schema.path("additionalProperties").asBoolean(true) && !schema.has("allOf"))
                .as("%s", schema)
                .isFalse());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        Set<String> references = new HashSet<>();
        API.document().findValuesAsString("$ref").forEach(references::add);

        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(
                        API.document().at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    @Test
    void whatMayBeAbsentIsNotRequired() {
        JsonNode object = API.document().path("components").path("schemas").path("ObjectView");

        assertThat(object.path("required")).extracting(JsonNode::asString).contains("id", "state", "rows");
        assertThat(object.path("required")).extracting(JsonNode::asString).doesNotContain("finished", "firstError");
        assertThat(object.path("properties").path("state").toString())
                .isEqualTo(
                        "{\"type\":\"string\",\"enum\":[\"waiting\",\"reading\",\"done\",\"failed\",\"ignored\",\"missing\",\"removed\",\"superseded\"]}");
        assertThat(object.path("properties").path("finished").toString())
                .isEqualTo("{\"type\":\"string\",\"format\":\"date-time\"}");
    }

    @Test
    void parametersHaveTheirLimits() {
        assertThat(API.document()
                        .path("paths")
                        .path("/api/objects")
                        .path("get")
                        .path("parameters")
                        .toString())
                .contains(
                        "{\"name\":\"limit\",\"in\":\"query\",\"schema\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":200,\"default\":50}}",
                        "{\"name\":\"from\",\"in\":\"query\",\"schema\":{\"type\":\"string\",\"format\":\"date-time\"}}");
    }

    @Test
    void aBasePathIsTheServers() {
        assertThat(describe("/tools").document().path("servers").toString()).isEqualTo("[{\"url\":\"/tools\"}]");
        assertThat(API.document().has("servers")).isFalse();
    }
}
