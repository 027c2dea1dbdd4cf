package dev.sluice.local;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** A request to S3, as far as it creates or removes objects. Buckets are in the path, as with every local endpoint. */
sealed interface S3Request {

    record Create(String event, String bucket, String key) implements S3Request {}

    /** A browser's form: the key is one of its fields. */
    record Form(String bucket) implements S3Request {}

    record Remove(String bucket, Target target) implements S3Request {}

    /** The keys are in the body. */
    record RemoveMany(String bucket) implements S3Request {}

    record Other() implements S3Request {}

    record Target(String key, @Nullable String versionId) {}

    /** Requests about an object that leave its bytes alone. */
    Set<String> SUBRESOURCES = Set.of("tagging", "legal-hold", "retention", "acl");

    static S3Request of(HttpServletRequest request) {
        var path = request.getRequestURI().substring(1).split("/", 2);
        var bucket = UriUtils.decode(path[0], StandardCharsets.UTF_8);
        var key = path.length < 2 ? "" : UriUtils.decode(path[1], StandardCharsets.UTF_8);
        var query = query(Objects.requireNonNullElse(request.getQueryString(), ""));
        if (query.keySet().stream().anyMatch(SUBRESOURCES::contains)) {
            return new Other();
        }
        var ofUpload = query.containsKey("uploadId");
        if (key.isEmpty()) {
            var isPost = request.getMethod().equals("POST");
            return !isPost ? new Other() : query.containsKey("delete") ? new RemoveMany(bucket) : new Form(bucket);
        }
        return switch (request.getMethod()) {
            case "PUT" -> {
                var copied = request.getHeader("x-amz-copy-source") != null;
                yield ofUpload
                        ? new Other()
                        : new Create(copied ? "ObjectCreated:Copy" : "ObjectCreated:Put", bucket, key);
            }
            case "POST" -> ofUpload ? new Create("ObjectCreated:CompleteMultipartUpload", bucket, key) : new Other();
            case "DELETE" -> ofUpload ? new Other() : new Remove(bucket, new Target(key, query.get("versionId")));
            default -> new Other();
        };
    }

    /** What the body of a multi-object delete names. */
    static List<Target> targets(byte[] body) {
        var targets = new ArrayList<Target>();
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var items = factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body))
                    .getElementsByTagName("Object");
            for (var i = 0; i < items.getLength(); i++) {
                if (items.item(i) instanceof Element item) {
                    var key = Objects.requireNonNull(text(item, "Key"), "an object to delete has no key");
                    targets.add(new Target(key, text(item, "VersionId")));
                }
            }
        } catch (SAXException | ParserConfigurationException | IOException e) {
            throw new IllegalArgumentException("a multi-object delete could not be read", e);
        }
        return targets;
    }

    private static @Nullable String text(Element item, String name) {
        var found = item.getElementsByTagName(name).item(0);
        return found == null ? null : found.getTextContent();
    }

    private static Map<String, String> query(String text) {
        var query = new HashMap<String, String>();
        for (var pair : text.split("&", -1)) {
            var parts = pair.split("=", 2);
            query.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }
}
