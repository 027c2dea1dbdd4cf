package dev.sluice.object;

import dev.sluice.store.StoreBucket;
import dev.sluice.value.Json;
import dev.sluice.value.Sha256;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rejects of objects in the store bucket: JSON lines in files, each named by object, version and the offset of
 * its first reject, so that reading the version again overwrites them.
 */
public final class Rejects {

    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})\\+([0-9]{1,9})");

    private static final int LONGEST_HEADER = 900;

    private static final String LINES_FROM = "linesFrom";

    private final StoreBucket store;
    private final JsonMapper mapper;

    Rejects(StoreBucket store, JsonMapper mapper) {
        this.store = store;
        this.mapper = mapper;
    }

    /** @param linesFrom the byte from which lines are counted; none if from the object's first */
    RejectWriter writer(LedgerEntry entry, Optional<Long> linesFrom, Runnable beforeCall) {
        return new RejectWriter(store, mapper, folder(entry), about(entry), linesFrom, beforeCall);
    }

    /**
     * The rejects of the version that the entry tells of.
     *
     * @param after where the page before ended; empty for the first
     * @param limit how many at most
     * @param mostBytes the page ends before it has more bytes, but holds one reject at least
     */
    public RejectPage list(LedgerEntry entry, String after, int limit, int mostBytes) {
        Matcher cursor = CURSOR.matcher(after);
        String folder = folder(entry);
        String first = cursor.matches() ? RejectWriter.name(folder, Long.parseLong(cursor.group(1))) : "";
        int skip = first.isEmpty() ? 0 : Integer.parseInt(cursor.group(2));
        var page = new ArrayList<Json>();
        int bytes = 0;
        String last = after;
        // A key without its last character sorts just before it.
        StoreBucket.Keys files = store.keys(folder, first.isEmpty() ? "" : first.substring(0, first.length() - 1));
        for (String file : files.names()) {
            List<String> lines =
                    new String(store.get(file), StandardCharsets.UTF_8).lines().toList();
            for (int i = file.equals(first) ? skip : 0; i < lines.size(); i++) {
                Json reject = fromTheFirstLine(Json.of(lines.get(i)), entry);
                bytes += reject.utf8().length;
                if (!page.isEmpty() && (page.size() == limit || bytes > mostBytes)) {
                    return new RejectPage(page, Optional.of(last));
                }
                page.add(reject);
                last = RejectWriter.offset(file) + "+" + (i + 1);
            }
        }
        return new RejectPage(page, files.more() ? Optional.of(last) : Optional.empty());
    }

    /** Counts its line from the object's first, once it is known how many lines lie before its part. */
    private static Json fromTheFirstLine(Json reject, LedgerEntry entry) {
        if (entry.split().isEmpty() || !(reject.tree() instanceof ObjectNode tree) || !tree.has(LINES_FROM)) {
            return reject;
        }
        return entry.split()
                .get()
                .line(tree.path(LINES_FROM).asLong(), tree.path("line").asLong())
                .map(line -> Json.of(
                        tree.put("line", line.longValue()).without(LINES_FROM).toString()))
                .orElse(reject);
    }

    /** Whether a page may begin there: at the start, or where another one ended. */
    public static boolean isCursor(String after) {
        return after.isEmpty() || CURSOR.matcher(after).matches();
    }

    /** The folder's name tells nobody which object it is. */
    private static Map<String, String> about(LedgerEntry entry) {
        return Map.of("bucket", entry.bucket(), "key", header(entry.key()), "version", header(entry.version()));
    }

    /** Metadata is ASCII, and 2 KB of it at most (Amazon S3 User Guide, "Working with object metadata"). */
    private static String header(String text) {
        String ascii = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/");
        return ascii.substring(0, Math.min(ascii.length(), LONGEST_HEADER));
    }

    private static String folder(LedgerEntry entry) {
        // Hashes, since bucket, key and version together can be longer than a key of the store bucket.
        return "rejects/%s/%s/".formatted(hash(ObjectId.of(entry.bucket(), entry.key())), hash(entry.version()));
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.of(text), 0, 16);
    }
}
