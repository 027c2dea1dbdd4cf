package dev.sluice.web;

import java.util.Locale;
import java.util.Map;

/**
 * A request cannot be answered as asked (RFC 9457). The type is a promise to programs, the detail is written for whoever
 * sent the request.
 */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String RETRY_SECONDS = "5";

    /** Every kind of problem there is; its type is its name as {@code urn:sluice:problem:bad-request}. */
    enum Kind {
        BAD_REQUEST(400, "The request is not understood"),
        UNAUTHORIZED(401, "It is not known who asks"),
        FORBIDDEN(403, "This is not allowed"),
        NOT_FOUND(404, "There is no such thing"),
        METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
        CONFLICT(409, "This cannot be done now"),
        TOO_LARGE(413, "The body is too large"),
        UNSUPPORTED_TYPE(415, "The body is of a type that is not taken"),
        UNPROCESSABLE(422, "The request cannot be carried out"),
        INTERNAL(500, "Something went wrong here"),
        FUNCTION_FAILED(500, "The function failed"),
        REPLY_TOO_LARGE(500, "The answer is too large"),
        UNAVAILABLE(503, "This cannot be answered now");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        int status() {
            return status;
        }

        String title() {
            return title;
        }

        String type() {
            return "urn:sluice:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The problem's body. */
    record Details(String type, String title, int status, String detail) {}

    private final transient Details details;
    private final transient Map<String, String> headers;

    private Problem(Kind kind, String detail) {
        this(kind, detail, Map.of());
    }

    private Problem(Kind kind, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.headers = headers;
        this.details = new Details(kind.type(), kind.title(), kind.status(), detail);
    }

    static Problem badRequest(String detail) {
        return new Problem(Kind.BAD_REQUEST, detail);
    }

    /** @param challenge how to say who one is (RFC 9110, 11.6.1) */
    static Problem unauthorized(String detail, String challenge) {
        return new Problem(Kind.UNAUTHORIZED, detail, Map.of("www-authenticate", challenge));
    }

    static Problem forbidden(String detail) {
        return new Problem(Kind.FORBIDDEN, detail);
    }

    static Problem notFound(String detail) {
        return new Problem(Kind.NOT_FOUND, detail);
    }

    static Problem methodNotAllowed(String detail) {
        return new Problem(Kind.METHOD_NOT_ALLOWED, detail);
    }

    static Problem conflict(String detail) {
        return new Problem(Kind.CONFLICT, detail);
    }

    static Problem tooLarge(String detail) {
        return new Problem(Kind.TOO_LARGE, detail);
    }

    static Problem unsupported(String detail) {
        return new Problem(Kind.UNSUPPORTED_TYPE, detail);
    }

    static Problem unprocessable(String detail) {
        return new Problem(Kind.UNPROCESSABLE, detail);
    }

    static Problem internal() {
        return new Problem(Kind.INTERNAL, "The request could not be answered; the log says why.");
    }

    /** On Lambda the caller gets type and message too. */
    static Problem functionFailed(Throwable cause) {
        return new Problem(Kind.FUNCTION_FAILED, cause.getClass().getName() + ": " + cause.getMessage());
    }

    static Problem replyTooLarge(String detail) {
        return new Problem(Kind.REPLY_TOO_LARGE, detail);
    }

    static Problem unavailable(String detail) {
        return new Problem(Kind.UNAVAILABLE, detail, Map.of("retry-after", RETRY_SECONDS));
    }

    Details details() {
        return details;
    }

    /** What the reply says beside its body. */
    Map<String, String> headers() {
        return headers;
    }
}
