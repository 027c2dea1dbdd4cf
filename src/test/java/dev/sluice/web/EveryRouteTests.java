package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sluice.SluiceApplication;
import dev.sluice.access.Access;
import dev.sluice.access.LocalAccess;
import dev.sluice.access.Role;
import dev.sluice.local.LocalIssuer;
import dev.sluice.local.NoCloud;
import dev.sluice.local.WrongTokens;
import dev.sluice.trigger.HttpEvents;
import dev.sluice.trigger.HttpEvents.Sent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every route x every role and wrong token x every way to it: who gets in, and who does not. */
class EveryRouteTests {

    static final List<Route> TABLE = Routes.TABLE;

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+ /[^`]*)` \\| ([a-z]+) \\|");
    private static final LocalIssuer ISSUER = LocalIssuer.start();
    private static final Map<String, Sender> SENDERS = senders();

    @SuppressWarnings("NullAway.Init")
    private static ConfigurableApplicationContext context;

    /** Somebody with the role that their token brings, or without one that is taken. */
    private record Sender(String authorization, Role role) {}

    private static Map<String, Sender> senders() {
        var senders = new LinkedHashMap<String, Sender>();
        senders.put("none", new Sender("", Role.OPEN));
        WrongTokens.of(ISSUER).forEach((name, token) -> senders.put(name, new Sender("Bearer " + token, Role.OPEN)));
        for (Role role : Role.values()) {
            String user = role == Role.OPEN ? "nobody" : role.name().toLowerCase(Locale.ROOT);
            senders.put(user, new Sender("Bearer " + ISSUER.accessToken(user), role));
        }
        return senders;
    }

    /** Remembers what gets to a bean, and answers in its place. */
    static class Stubs implements BeanPostProcessor {

        private static final List<WebRequest> SEEN = new ArrayList<>();

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            boolean isRoute = TABLE.stream().anyMatch(route -> route.bean().equals(name));
            return isRoute ? (Function<WebRequest, WebResponse>) Stubs::answer : bean;
        }

        private static WebResponse answer(WebRequest request) {
            SEEN.add(request);
            return new WebResponse(200, Map.of(), "answered");
        }
    }

    @BeforeAll
    static void start() {
        var arguments = new ArrayList<>(NoCloud.SETTINGS);
        ISSUER.settings().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        context = new SpringApplicationBuilder(SluiceApplication.class, Stubs.class)
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        context.close();
        ISSUER.close();
    }

    @BeforeEach
    void forget() {
        Stubs.SEEN.clear();
    }

    @Test
    void thePageTellsTheRoleOfEach() throws IOException {
        assertThat(ROW.matcher(Files.readString(Path.of("docs/http.md"))).results())
                .extracting(row -> row.group(1) + " " + row.group(2))
                .containsExactlyElementsOf(TABLE.stream()
                        .map(route -> route.method() + " " + String.join("/", route.parts()) + " "
                                + (route.role() == Role.OPEN
                                        ? "everybody"
                                        : route.role().name().toLowerCase(Locale.ROOT)))
                        .toList());
    }

    @ParameterizedTest
    @FieldSource("TABLE")
    void onlyWhoHasItsRoleGetsToItsBean(Route route) {
        for (var sender : SENDERS.entrySet()) {
            Sent sent = sent(route, sender.getValue().authorization());
            check(route, sender, "the routes", answer(context.getBean(Routes.class), sent));
            for (HttpEvents way : HttpEvents.values()) {
                check(route, sender, way.name(), answer(way, sent));
            }
        }
    }

    private static void check(Route route, Map.Entry<String, Sender> sender, String way, WebResponse reply) {
        String what = "%s, %s, by %s".formatted(route.bean(), sender.getKey(), way);
        assertThat(reply.status()).as(what).isEqualTo(expected(route, sender.getValue()));
        if (reply.status() == 200) {
            assertThat(Stubs.SEEN).as(what).hasSize(1);
            assertThat(Stubs.SEEN.getFirst().headers()).as(what).doesNotContainKey("authorization");
            assertThat(reply.headers().getOrDefault("vary", ""))
                    .as(what)
                    .isEqualTo(route.role() == Role.OPEN ? "" : "authorization");
        } else {
            assertThat(Stubs.SEEN).as(what).isEmpty();
            assertThat(reply.headers())
                    .as(what)
                    .containsEntry("content-type", "application/problem+json")
                    .containsEntry("cache-control", "no-store");
            assertThat(reply.headers().getOrDefault("www-authenticate", ""))
                    .as(what)
                    .isEqualTo(challenge(reply.status(), sender.getKey()));
        }
        Stubs.SEEN.clear();
    }

    private static int expected(Route route, Sender sender) {
        if (route.role() == Role.OPEN) {
            return 200;
        }
        if (sender.role() == Role.OPEN && !sender.equals(SENDERS.get("nobody"))) {
            return 401;
        }
        return switch (route.role()) {
            case OPEN, VIEWER -> sender.role() == Role.OPEN ? 403 : 200;
            case UPLOADER -> sender.role() == Role.UPLOADER || sender.role() == Role.OPERATOR ? 200 : 403;
            case OPERATOR -> sender.role() == Role.OPERATOR ? 200 : 403;
        };
    }

    private static String challenge(int status, String sender) {
        if (status != 401) {
            return "";
        }
        return sender.equals("none") ? "Bearer" : "Bearer error=\"invalid_token\"";
    }

    @ParameterizedTest
    @FieldSource("TABLE")
    void aTokenInAnotherPlaceIsNone(Route route) {
        String token = ISSUER.accessToken("operator");
        var elsewhere = List.of(
                Map.entry("cookie", "access_token=" + token),
                Map.entry("x-authorization", "Bearer " + token),
                Map.entry("x-amzn-oidc-accesstoken", token));
        var sent = new Sent(route.method(), path(route), "access_token=" + token, elsewhere, "");

        int status = route.role() == Role.OPEN ? 200 : 401;
        assertThat(answer(context.getBean(Routes.class), sent).status()).isEqualTo(status);
        assertThat(answer(HttpEvents.HTTP_API_2, sent).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @FieldSource("TABLE")
    void headIsAskedForAsGetIsAndOptionsReachesNoBean(Route route) {
        Routes routes = context.getBean(Routes.class);
        WebResponse options = answer(routes, new Sent("OPTIONS", path(route), "", List.of(), ""));
        assertThat(options.status()).isEqualTo(204);

        WebResponse head = answer(routes, new Sent("HEAD", path(route), "", List.of(), ""));
        if (!options.headers().getOrDefault("allow", "").contains("HEAD")) {
            assertThat(head.status()).isEqualTo(405);
        } else if (route.method().equals("GET")) {
            assertThat(head.status()).isEqualTo(route.role() == Role.OPEN ? 200 : 401);
        }
        assertThat(Stubs.SEEN).hasSize(head.status() == 200 ? 1 : 0);
    }

    @Test
    void aBeanWithoutARouteIsNowhere() {
        for (String bean : List.of("readObjects", "redriveLetters", "liveConnect", "triggerRouter", "listFeeds")) {
            for (String path : List.of("/" + bean, "/api/" + bean, "/functions/" + bean)) {
                Sent sent = new Sent("POST", path, "", authorization(ISSUER.accessToken("operator")), "");
                assertThat(answer(context.getBean(Routes.class), sent).status()).isEqualTo(404);
            }
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void thereIsNoRouteWithoutARole() {
        assertThatNullPointerException().isThrownBy(() -> new Route("GET", "/x", "health", null, Signature.file()));
    }

    @Test
    void withoutAnIssuerNobodyGetsInThroughTheDoor() {
        Routes closed = routes(Access.nobody());
        for (Route route : TABLE) {
            WebResponse reply = answer(closed, sent(route, "Bearer " + ISSUER.accessToken("operator")));

            assertThat(reply.status()).as(route.bean()).isEqualTo(route.role() == Role.OPEN ? 200 : 403);
            assertThat(reply.body().contains("sluice.access.issuer"))
                    .as(route.bean())
                    .isEqualTo(route.role() != Role.OPEN);
        }
    }

    @Test
    void whileTheIssuerCannotBeAskedOnlyWhatIsOpenIsAnswered() {
        try (var down = LocalIssuer.start()) {
            down.down(true);
            Routes routes = routes(LocalAccess.of(down));
            for (Route route : TABLE) {
                WebResponse reply = answer(routes, sent(route, "Bearer " + down.accessToken("operator")));

                assertThat(reply.status()).as(route.bean()).isEqualTo(route.role() == Role.OPEN ? 200 : 503);
                assertThat(reply.headers().containsKey("retry-after"))
                        .as(route.bean())
                        .isEqualTo(route.role() != Role.OPEN);
            }
        }
    }

    private static Routes routes(Access access) {
        var beans = new TreeMap<String, Function<WebRequest, WebResponse>>();
        TABLE.forEach(route -> beans.put(route.bean(), Stubs::answer));
        var cors = new HttpSettings.Cors(List.of());
        return new Routes(
                beans,
                new Replies(JsonMapper.shared()),
                new HttpSettings("", 100, cors),
                new Cors(cors),
                new Admission(access));
    }

    private static Sent sent(Route route, String authorization) {
        return new Sent(
                route.method(),
                path(route),
                "",
                authorization.isEmpty() ? List.of() : List.of(Map.entry("authorization", authorization)),
                "");
    }

    private static List<Map.Entry<String, String>> authorization(String token) {
        return List.of(Map.entry("authorization", "Bearer " + token));
    }

    private static String path(Route route) {
        return String.join("/", route.parts()).replaceAll("\\{[a-z]+}", "x");
    }

    private static WebResponse answer(Routes routes, Sent sent) {
        var headers = new TreeMap<String, String>();
        sent.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
        return routes.answer(
                new WebRequest(sent.method(), sent.path(), sent.query(), headers, null, sent.body()), 1_000_000);
    }

    @SuppressWarnings("unchecked")
    private static WebResponse answer(HttpEvents way, Sent sent) {
        var door = (Function<Message<InputStream>, byte[]>) context.getBean("triggerRouter");
        byte[] event = way.of(sent, false).getBytes(StandardCharsets.UTF_8);
        JsonNode reply =
                JsonMapper.shared().readTree(door.apply(new GenericMessage<>(new ByteArrayInputStream(event))));
        var headers = new TreeMap<String, String>();
        Stream.of("headers", "multiValueHeaders")
                .flatMap(name -> reply.path(name).properties().stream())
                .forEach(header -> headers.put(
                        header.getKey(),
                        header.getValue().isArray()
                                ? header.getValue().path(0).asString()
                                : header.getValue().asString()));
        return new WebResponse(
                reply.path("statusCode").asInt(), headers, reply.path("body").asString());
    }
}
