package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ApiDescription;
import dev.sluice.access.Access;
import dev.sluice.access.AccessConfiguration;
import dev.sluice.access.Role;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API says what the route table says, in OpenAPI's words. */
class OpenApiTests {

    static final List<Route> TABLE = Routes.TABLE;

    private static final Replies REPLIES = new Replies(JsonMapper.shared());

    /** Of a key that only the issuer could tell of. */
    private static final String TOKEN =
            "Bearer " + base64("{\"alg\":\"RS256\",\"kid\":\"k\"}") + "." + base64("{\"sub\":\"s\"}") + ".AAAA";

    private static final ApiDescription API = describe("");

    private static ApiDescription describe(String basePath) {
        var settings = new HttpSettings(basePath, 100, new HttpSettings.Cors(List.of()));
        return new ApiDescription(new OpenApi(settings, REPLIES)
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
                        "{\"name\":\"limit\",\"in\":\"query\",\"description\":\"How many there are on a page at most.\",\"required\":false,\"schema\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":200,\"default\":50}}",
                        "\"required\":false,\"schema\":{\"type\":\"string\",\"format\":\"date-time\"}}");
    }

    @Test
    void whatHasToBeThereIsRequired() {
        assertThat(API.operations()
                        .getOrDefault(
                                "DELETE /api/letters/{id}", JsonMapper.shared().missingNode()))
                .asString()
                .contains("kept with it.\",\"required\":true,\"schema\"");
    }

    /** What the rules of HTTP, the issuer and faults of this side come to; ApiIT has all other replies. */
    @ParameterizedTest
    @FieldSource("TABLE")
    void everyProblemThatARouteCanHaveIsInIt(Route route) {
        assertDescribed(route, 400, answer(route, Access.everyone(), "", "x=%E6", ""));
        assertDescribed(route, 413, answer(route, Access.everyone(), "", "", "x".repeat(101)));
        assertDescribed(route, 500, answer(route, Access.everyone(), "", "", ""));
        boolean open = route.role() == Role.OPEN;
        assertDescribed(route, open ? 500 : 403, answer(route, Access.nobody(), "", "", ""));
        new ApplicationContextRunner()
                .withBean(JsonMapper.class, JsonMapper::shared)
                .withUserConfiguration(AccessConfiguration.class)
                // Where nobody listens.
                .withPropertyValues("sluice.access.issuer=http://127.0.0.1:1", "sluice.access.client-id=page")
                .run(context -> {
                    Access issuer = context.getBean(Access.class);
                    assertDescribed(route, open ? 500 : 401, answer(route, issuer, "", "", ""));
                    assertDescribed(route, open ? 500 : 503, answer(route, issuer, TOKEN, "", ""));
                });
    }

    private static WebResponse answer(Route route, Access access, String authorization, String query, String body) {
        Map<String, Function<WebRequest, WebResponse>> beans = TABLE.stream()
                .map(Route::bean)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), _ -> _ -> {
                    throw new IllegalStateException("broken");
                }));
        var settings = new HttpSettings("", 100, new HttpSettings.Cors(List.of()));
        return new Routes(beans, REPLIES, settings, new Cors(settings.cors()), new Admission(access))
                .answer(
                        new WebRequest(
                                route.method(),
                                String.join("/", route.parts()).replaceAll("[{}]", ""),
                                query,
                                Map.of("authorization", authorization),
                                Map.of(),
                                body),
                        1000);
    }

    private static void assertDescribed(Route route, int status, WebResponse reply) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(API.faults(
                        route.method() + " " + String.join("/", route.parts()),
                        status,
                        reply.headers().getOrDefault("content-type", ""),
                        reply.body()))
                .isEmpty();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBasePathIsTheServers() {
        assertThat(describe("/tools").document().path("servers").toString()).isEqualTo("[{\"url\":\"/tools\"}]");
        assertThat(API.document().has("servers")).isFalse();
    }
}
