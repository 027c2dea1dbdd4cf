package dev.sluice.trigger;

import dev.sluice.object.ObjectNotice;
import dev.sluice.object.ObjectNotices;
import dev.sluice.object.ReadReport;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** S3's notifications (Amazon S3 User Guide, "Event message structure"), created and removed objects alike. */
final class S3Trigger implements Trigger {

    private static final String SOURCE = "aws:s3";

    private final Function<ObjectNotices, ReadReport> readObjects;
    private final JsonMapper mapper;

    S3Trigger(Function<ObjectNotices, ReadReport> readObjects, JsonMapper mapper) {
        this.readObjects = readObjects;
        this.mapper = mapper;
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public boolean recognises(EventShape shape) {
        return shape.recordSource().equals(SOURCE);
    }

    @Override
    public byte[] handle(byte[] event) {
        var notices = new ObjectNotices(EventReader.records(event, S3Trigger::notice));
        ReadReport report = readObjects.apply(notices);
        UnreadException.throwIfAny(report);
        return mapper.writeValueAsBytes(report);
    }

    private static ObjectNotice notice(EventReader record) {
        var found = new Object() {
            String source = "";
            String bucket = "";
            String key = "";
            String versionId = "";
            String eTag = "";
        };
        record.fields((name, value) -> {
            switch (name) {
                case "eventSource" -> found.source = value.text();
                case "s3" ->
                    value.fields((part, content) -> {
                        switch (part) {
                            case "bucket" ->
                                content.fields((field, text) -> {
                                    if (field.equals("name")) {
                                        found.bucket = text.text();
                                    }
                                });
                            case "object" ->
                                content.fields((field, text) -> {
                                    switch (field) {
                                        case "key" -> found.key = text.text();
                                        case "versionId" -> found.versionId = text.text();
                                        case "eTag" -> found.eTag = text.text();
                                        default -> {}
                                    }
                                });
                            default -> {}
                        }
                    });
                default -> {}
            }
        });
        if (!found.source.equals(SOURCE) || found.bucket.isEmpty() || found.key.isEmpty()) {
            throw new MalformedEventException("A record of the S3 event lacks its source, bucket or key.");
        }
        String version = found.versionId.isEmpty() ? found.eTag : found.versionId;
        return new ObjectNotice(
                found.bucket,
                decode(found.key),
                Optional.of(version).filter(known -> !known.isEmpty()),
                Optional.empty());
    }

    /** Keys are URL-encoded in notifications, a space as a plus. */
    private static String decode(String key) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new MalformedEventException("A record of the S3 event has a key that is not URL-encoded.");
        }
    }
}
