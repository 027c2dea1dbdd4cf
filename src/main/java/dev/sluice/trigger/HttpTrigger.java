package dev.sluice.trigger;

import dev.sluice.web.WebRequest;
import dev.sluice.web.WebResponse;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * HTTP, through whatever AWS puts in front of a function.
 *
 * @param form how request and response are written
 */
record HttpTrigger(HttpForm form, Answers routes) implements Trigger {

    /** Left for what a reply holds beside its body. */
    private static final int HEAD_BYTES = 64 * 1024;

    /** Answers a request with a body of at most so many bytes in JSON. */
    interface Answers {
        WebResponse answer(WebRequest request, int mostBytes);
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public boolean recognises(EventShape shape) {
        return form.recognises(shape);
    }

    @Override
    public byte[] handle(byte[] event) {
        WebResponse response = routes.answer(form.read(event), form.mostBytes() - HEAD_BYTES);
        var bytes = new ByteArrayOutputStream(response.body().length() + 256);
        try (JsonGenerator json = EventShape.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("statusCode", response.status());
            form.write(response, json);
            json.writeStringProperty("body", response.body());
            json.writeBooleanProperty("isBase64Encoded", response.base64());
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
