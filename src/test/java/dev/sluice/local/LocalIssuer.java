package dev.sluice.local;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID Connect issuer on 127.0.0.1 whose tokens look like those of Amazon Cognito. Its sign-in page asks for no
 * password: one chooses to be viewer, uploader, operator, or nobody in particular.
 *
 * <p>{@code GET /token/operator} answers that user's access token as text, for curl.
 */
public final class LocalIssuer implements AutoCloseable {

    /** The page's client id. */
    public static final String CLIENT = "sluice-page";

    private static final List<String> USERS = List.of("viewer", "uploader", "operator", "nobody");
    private static final Duration VALID = Duration.ofHours(1);
    private static final String LOOPBACK = "http://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?(/.*)?";
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain;charset=utf-8";

    private final HttpServer server;
    private final IssuerKeys keys = new IssuerKeys();
    private final SignInCodes codes = new SignInCodes();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private volatile boolean down;

    private LocalIssuer(HttpServer server) {
        this.server = server;
    }

    /** Starts one on a free port. */
    public static LocalIssuer start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var issuer = new LocalIssuer(server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", issuer::answer);
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its name, as in its tokens. */
    public String name() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public IssuerKeys keys() {
        return keys;
    }

    /** What makes Sluice take its tokens. */
    public Map<String, String> settings() {
        return Map.of("sluice.access.issuer", name(), "sluice.access.client-id", CLIENT);
    }

    /** An access token of that user, good for an hour. */
    public String accessToken(String user) {
        return keys.signed(claims(user).build());
    }

    /** What such a token says, to be changed. */
    public JWTClaimsSet.Builder claims(String user) {
        var claims = common(user).claim("token_use", "access").claim("client_id", CLIENT);
        return claims.claim("scope", "openid").claim("username", user);
    }

    /** An ID token of that user: who it is, not what it may do. */
    public String idToken(String user, String nonce) {
        var claims = common(user).claim("token_use", "id").audience(CLIENT).claim("cognito:username", user);
        return keys.signed(claims.claim("nonce", nonce.isEmpty() ? null : nonce).build());
    }

    private JWTClaimsSet.Builder common(String user) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(name())
                .subject("local-" + user)
                .claim("cognito:groups", user.equals("nobody") ? List.of() : List.of(user))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(VALID)))
                .jwtID(UUID.randomUUID().toString());
    }

    /** How often that path was asked for. */
    public int asked(String path) {
        return asked.getOrDefault(path, 0);
    }

    /** From now on it answers nothing but 503, or everything again. */
    public void down(boolean isDown) {
        down = isDown;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.merge(path, 1, Integer::sum);
            if (down) {
                send(exchange, 503, TEXT, "down");
            } else if (path.startsWith("/token/") && USERS.contains(path.substring("/token/".length()))) {
                send(exchange, 200, TEXT, accessToken(path.substring("/token/".length())));
            } else {
                switch (path) {
                    case "/.well-known/openid-configuration" -> send(exchange, 200, JSON, json(metadata()));
                    case "/jwks" -> send(exchange, 200, JSON, keys.published().toString());
                    case "/authorize" ->
                        authorize(exchange, pairs(exchange.getRequestURI().getRawQuery()));
                    case "/token" -> token(exchange);
                    case "/logout" ->
                        logout(exchange, pairs(exchange.getRequestURI().getRawQuery()));
                    default -> send(exchange, 404, TEXT, "There is nothing here.");
                }
            }
        }
    }

    private Map<String, Object> metadata() {
        var metadata = new TreeMap<String, Object>();
        metadata.put("issuer", name());
        metadata.put("jwks_uri", name() + "/jwks");
        metadata.put("authorization_endpoint", name() + "/authorize");
        metadata.put("token_endpoint", name() + "/token");
        metadata.put("end_session_endpoint", name() + "/logout");
        metadata.put("response_types_supported", List.of("code"));
        metadata.put("code_challenge_methods_supported", List.of("S256"));
        return metadata;
    }

    /** The sign-in page, or the way back once a user is chosen on it. */
    private void authorize(HttpExchange exchange, Map<String, String> request) throws IOException {
        String back = request.getOrDefault("redirect_uri", "");
        boolean good = request.getOrDefault("response_type", "").equals("code")
                && request.getOrDefault("client_id", "").equals(CLIENT)
                && request.getOrDefault("code_challenge_method", "").equals("S256")
                && !request.getOrDefault("code_challenge", "").isEmpty()
                && back.matches(LOOPBACK);
        String user = request.getOrDefault("user", "");
        if (!good || !(user.isEmpty() || USERS.contains(user))) {
            send(exchange, 400, TEXT, "This is no request for a code with PKCE from a page on this machine.");
        } else if (user.isEmpty()) {
            send(
                    exchange,
                    200,
                    "text/html;charset=utf-8",
                    page(exchange.getRequestURI().getRawQuery()));
        } else {
            redirect(
                    exchange,
                    back + (back.contains("?") ? "&" : "?") + "code=" + codes.give(user, request) + "&state="
                            + URLEncoder.encode(request.getOrDefault("state", ""), StandardCharsets.UTF_8));
        }
    }

    private static String page(String query) {
        var choices = new StringBuilder();
        String escaped = query.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
        USERS.forEach(user -> choices.append(
                "<li><a id=\"%1$s\" href=\"authorize?%2$s&amp;user=%1$s\">%1$s</a>".formatted(user, escaped)));
        return "<!doctype html><html lang=\"en\"><title>Local sign-in</title><h1>Who are you?</h1><ul>" + choices
                + "</ul>";
    }

    private void token(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("access-control-allow-origin", "*");
        var form = pairs(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var signedIn = codes.take(form);
        if (signedIn.isEmpty()) {
            send(exchange, 400, JSON, "{\"error\":\"invalid_grant\"}");
        } else {
            String user = signedIn.get().user();
            send(
                    exchange,
                    200,
                    JSON,
                    json(Map.of(
                            "access_token", accessToken(user),
                            "id_token", idToken(user, signedIn.get().nonce()),
                            "token_type", "Bearer",
                            "expires_in", VALID.toSeconds())));
        }
    }

    private static void logout(HttpExchange exchange, Map<String, String> request) throws IOException {
        // Cognito's own name for it is the second one.
        String back = request.getOrDefault("post_logout_redirect_uri", request.getOrDefault("logout_uri", ""));
        if (back.matches(LOOPBACK)) {
            redirect(exchange, back);
        } else {
            send(exchange, 200, TEXT, "You are signed out.");
        }
    }

    private static String json(Map<String, Object> object) {
        return JsonMapper.shared().writeValueAsString(object);
    }

    private static Map<String, String> pairs(String encoded) {
        var pairs = new HashMap<String, String>();
        for (String pair : encoded == null ? new String[0] : encoded.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            pairs.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return pairs;
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", type);
        exchange.getResponseHeaders().set("cache-control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
