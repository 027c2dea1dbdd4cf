package dev.sluice.runtime;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What one invocation came to. Two replies are never compared as such, only their bytes. */
@SuppressWarnings("ArrayRecordComponent")
sealed interface Reply {

    byte[] body();

    /** The bytes that the handler returned. */
    record Success(byte[] body) implements Reply {}

    /**
     * The invocation failed.
     *
     * @param errorType the exception's class name, or Lambda's own word such as {@code Sandbox.Timedout}
     * @param body      the error as a caller of Lambda sees it: JSON with {@code errorType} and {@code errorMessage}, and
     *                  {@code stackTrace} where the runtime reported an exception
     */
    record Failure(String errorType, byte[] body) implements Reply {

        private static final JsonMapper JSON = new JsonMapper();

        static Failure of(String errorType, String message) {
            return new Failure(
                    errorType, JSON.writeValueAsBytes(Map.of("errorType", errorType, "errorMessage", message)));
        }

        /** Reads what the runtime posted; {@code category} is its header, used where the body names no type. */
        static Failure reported(byte[] body, String category) {
            try {
                return new Failure(JSON.readTree(body).path("errorType").asString(category), body);
            } catch (JacksonException e) {
                return new Failure(category, body);
            }
        }
    }
}
