package dev.sluice.trigger;

/** A status with its words (RFC 9110, 15), as a load balancer wants it. */
final class ReasonPhrase {

    private ReasonPhrase() {}

    static String of(int status) {
        String words =
                switch (status) {
                    case 200 -> "OK";
                    case 202 -> "Accepted";
                    case 204 -> "No Content";
                    case 304 -> "Not Modified";
                    case 400 -> "Bad Request";
                    case 403 -> "Forbidden";
                    case 404 -> "Not Found";
                    case 405 -> "Method Not Allowed";
                    case 409 -> "Conflict";
                    case 413 -> "Content Too Large";
                    case 415 -> "Unsupported Media Type";
                    case 422 -> "Unprocessable Content";
                    case 500 -> "Internal Server Error";
                    default -> "Status";
                };
        return status + " " + words;
    }
}
