package dev.sluice.trigger;

import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import tools.jackson.core.JsonGenerator;

/** One way in which AWS puts a request and its response into JSON. */
interface HttpForm extends EventKind {

    /** What Lambda answers at most (AWS Lambda Developer Guide, "Lambda quotas"). */
    int LAMBDA_BYTES = 6 * 1024 * 1024;

    /**
     * Reads a request.
     *
     * @throws MalformedEventException if the event is not what AWS documents for this form
     */
    WebRequest read(byte[] event);

    /** Writes what this form has beside status and body: headers and cookies. */
    void write(WebResponse response, JsonGenerator json);

    /** The longest reply that this form takes. */
    default int mostBytes() {
        return LAMBDA_BYTES;
    }
}
