package dev.sluice.web;

import static dev.sluice.access.Role.OPEN;
import static dev.sluice.access.Role.OPERATOR;
import static dev.sluice.access.Role.UPLOADER;
import static dev.sluice.access.Role.VIEWER;
import static dev.sluice.web.Signature.all;
import static dev.sluice.web.Signature.file;
import static dev.sluice.web.Signature.one;
import static dev.sluice.web.Signature.page;

import dev.sluice.letter.RedriveReport;
import dev.sluice.live.LiveTicket;
import dev.sluice.object.Activity;
import dev.sluice.object.Reject;
import dev.sluice.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one route table, and the one place that knows HTTP's rules: every request, on Lambda and locally, is answered
 * through it. A route answers only who has its role; there is none without.
 */
public final class Routes {

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    static final List<Route> TABLE = List.of(
            new Route("GET", "/", "showPage", OPEN, file()),
            new Route("GET", "/page/{version}/{file}", "showPage", OPEN, file()),
            new Route("GET", "/api/health", "health", OPEN, one(Health.Status.class)),
            new Route("GET", "/api/openapi.json", "openApi", OPEN, one(Json.class)),
            new Route(
                    "GET",
                    "/api/sign-in",
                    "showSignIn",
                    OPEN,
                    one(ShowSignIn.SignInView.class).or(Problem.Kind.UNAVAILABLE)),
            new Route("GET", "/api/feeds", "listFeeds", VIEWER, all(FeedView.class)),
            new Route(
                    "GET",
                    "/api/objects",
                    "listObjects",
                    VIEWER,
                    page(ObjectView.class, ListObjects.FEED, ListObjects.STATE, ListObjects.FROM, ListObjects.TO)),
            new Route(
                    "POST",
                    "/api/objects",
                    "uploadObject",
                    UPLOADER,
                    one(UploadObject.Permission.class).taking(UploadObject.Upload.class)),
            new Route(
                    "POST",
                    "/api/objects/replay",
                    "replayObjects",
                    OPERATOR,
                    one(ReplayObjects.Outcomes.class)
                            .taking(ReplayObjects.Wanted.class)
                            .later()),
            new Route("GET", "/api/objects/{id}", "showObject", VIEWER, one(ObjectView.class)),
            new Route(
                    "POST",
                    "/api/objects/{id}/replay",
                    "replayObject",
                    OPERATOR,
                    one(ObjectView.class).later().or(Problem.Kind.CONFLICT)),
            new Route("GET", "/api/objects/{id}/rejects", "listRejects", VIEWER, page(Reject.class)),
            new Route(
                    "GET",
                    "/api/feeds/{feed}/activity",
                    "showActivity",
                    VIEWER,
                    one(Activity.class, ShowActivity.MINUTES)),
            new Route("GET", "/api/feeds/{feed}/rows", "listRows", VIEWER, page(RowView.class, ListRows.PREFIX)),
            new Route("GET", "/api/feeds/{feed}/rows/{key}", "showRow", VIEWER, one(RowView.class)),
            new Route("GET", "/api/letters", "listLetters", VIEWER, page(LetterView.class, ListLetters.REASON)),
            new Route("GET", "/api/letters/{id}", "showLetter", VIEWER, one(LetterView.class)),
            new Route(
                    "DELETE",
                    "/api/letters/{id}",
                    "discardLetter",
                    OPERATOR,
                    one(DiscardLetter.Discarded.class, DiscardLetter.BECAUSE)),
            new Route(
                    "POST",
                    "/api/letters/{id}/redrive",
                    "redriveLetter",
                    OPERATOR,
                    one(RedriveReport.class).later()),
            new Route("POST", "/api/live/ticket", "issueTicket", VIEWER, one(LiveTicket.class)));

    private final Map<String, Function<WebRequest, WebResponse>> beans;
    private final Replies replies;
    private final HttpSettings settings;
    private final Cors cors;
    private final Admission admission;

    Routes(
            Map<String, Function<WebRequest, WebResponse>> beans,
            Replies replies,
            HttpSettings settings,
            Cors cors,
            Admission admission) {
        this.beans = beans;
        this.replies = replies;
        this.settings = settings;
        this.cors = cors;
        this.admission = admission;
        for (Route route : TABLE) {
            bean(route);
        }
    }

    /**
     * Answers the request; a request that cannot be answered gets a problem, never an exception.
     *
     * @param mostBytes of the reply's body as a string in JSON
     */
    public WebResponse answer(WebRequest request, int mostBytes) {
        WebResponse reply = SecurityHeaders.on(request, fitting(routed(request), mostBytes));
        WebResponse open = cors.answered(request, reply);
        return request.method().equals("HEAD") ? open.withoutBody() : open;
    }

    private WebResponse routed(WebRequest request) {
        try {
            WebRequest canonical = request.canonical();
            if (settings.isBase(canonical.path())) {
                return intoFolder(canonical);
            }
            return route(canonical.at(settings.withoutBase(canonical.path())));
        } catch (Problem problem) {
            return replies.problem(problem);
        } catch (RuntimeException e) {
            LOG.error("A request of {} could not be answered.", request.method(), e);
            return replies.problem(Problem.internal());
        }
    }

    /** What the page refers to lies in the folder, as a browser sees it. Said relatively: more may stand in front. */
    private static WebResponse intoFolder(WebRequest request) {
        String folder = request.path().substring(request.path().lastIndexOf('/') + 1) + "/";
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        return new WebResponse(308, Map.of("location", folder + query, "cache-control", "no-cache"), "");
    }

    private WebResponse route(WebRequest request) {
        List<String> path = WebRequest.segments(request.path());
        List<Route> here =
                TABLE.stream().filter(route -> route.match(path).isPresent()).toList();
        if (here.isEmpty()) {
            throw Problem.notFound("There is nothing at this path.");
        }
        String allowed = allowed(here);
        if (request.method().equals("OPTIONS")) {
            return new WebResponse(204, Map.of("allow", allowed), "");
        }
        // HEAD is GET without a body (RFC 9110, 9.3.2).
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        Route route = here.stream()
                .filter(one -> one.method().equals(method))
                .findFirst()
                .orElse(null);
        if (route == null) {
            return replies.problem(Problem.methodNotAllowed("This path takes " + allowed + "."))
                    .with(Map.of("allow", allowed));
        }
        return admission
                .caller(route, request)
                .call(() -> answer(route, path, request.withoutToken().as(method)));
    }

    private WebResponse answer(Route route, List<String> path, WebRequest request) {
        if (request.body().getBytes(StandardCharsets.UTF_8).length > settings.bodyBytes()) {
            throw Problem.tooLarge("The body is over %d bytes.".formatted(settings.bodyBytes()));
        }
        Map<String, String> parameters = route.match(path).orElseThrow();
        WebResponse answer = bean(route).apply(request.with(parameters));
        Admission.note(route, answer);
        WebResponse reply = route.role() == OPEN ? answer : answer.varying("authorization");
        return route.method().equals("GET") && reply.status() == 200 ? ETag.validated(request, reply) : reply;
    }

    private static String allowed(List<Route> here) {
        var methods = new LinkedHashSet<String>();
        for (Route route : here) {
            methods.add(route.method());
            if (route.method().equals("GET")) {
                methods.add("HEAD");
            }
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    private WebResponse fitting(WebResponse reply, int mostBytes) {
        return reply.fits(mostBytes)
                ? reply
                : replies.problem(Problem.replyTooLarge(
                        "The answer is over the %d bytes that can be sent; ask for less.".formatted(mostBytes)));
    }

    private Function<WebRequest, WebResponse> bean(Route route) {
        Function<WebRequest, WebResponse> bean = beans.get(route.bean());
        if (bean == null) {
            throw new IllegalStateException(
                    "The route table names the bean '%s', which is not there.".formatted(route.bean()));
        }
        return bean;
    }
}
