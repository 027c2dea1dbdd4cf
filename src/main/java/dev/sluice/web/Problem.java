package dev.sluice.web;

/**
 * A request cannot be answered as asked (RFC 9457). The type is a promise to programs, the detail is written for whoever
 * sent the request.
 */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The problem's body. */
    record Details(String type, String title, int status, String detail) {}

    private final transient Details details;

    private Problem(int status, String type, String title, String detail) {
        super(detail, null, false, false);
        this.details = new Details("urn:sluice:problem:" + type, title, status, detail);
    }

    static Problem badRequest(String detail) {
        return new Problem(400, "bad-request", "The request is not understood", detail);
    }

    static Problem notFound(String detail) {
        return new Problem(404, "not-found", "There is no such thing", detail);
    }

    static Problem methodNotAllowed(String detail) {
        return new Problem(405, "method-not-allowed", "The method is not allowed here", detail);
    }

    static Problem conflict(String detail) {
        return new Problem(409, "conflict", "This cannot be done now", detail);
    }

    static Problem unprocessable(String detail) {
        return new Problem(422, "unprocessable", "The request cannot be carried out", detail);
    }

    static Problem forbidden(String detail) {
        return new Problem(403, "forbidden", "This is not allowed", detail);
    }

    static Problem tooLarge(String detail) {
        return new Problem(413, "too-large", "The body is too large", detail);
    }

    static Problem unsupported(String detail) {
        return new Problem(415, "unsupported-type", "The body is of a type that is not taken", detail);
    }

    static Problem replyTooLarge(String detail) {
        return new Problem(500, "reply-too-large", "The answer is too large", detail);
    }

    /** On Lambda the caller gets type and message too. */
    static Problem functionFailed(Throwable cause) {
        return new Problem(
                500, "function-failed", "The function failed", cause.getClass().getName() + ": " + cause.getMessage());
    }

    static Problem internal() {
        return new Problem(
                500, "internal", "Something went wrong here", "The request could not be answered; the log says why.");
    }

    Details details() {
        return details;
    }
}
