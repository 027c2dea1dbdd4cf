package dev.sluice.letter;

import dev.sluice.letter.LetterPage.Listed;
import dev.sluice.store.StoreBucket;
import dev.sluice.value.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Gatherers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dead letters, each an object of the store bucket: {@code letters/<reason>/<time>-<hash of origin and id>.json}, so
 * that they list by reason and time, and an input that fails again takes the place of its earlier letter. Letters that
 * were discarded go to {@code discarded/}, under the same names.
 */
public final class Letters {

    private static final Logger LOG = LoggerFactory.getLogger(Letters.class);

    private static final String FOLDER = "letters/";
    private static final String DISCARDED = "discarded/";

    /** Where Lambda puts batches of streams (AWS Lambda Developer Guide, "Retain discarded batch records"). */
    private static final String FROM_LAMBDA = "aws/lambda/";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Pattern CURSOR = Pattern.compile("[a-z-]+/[0-9TZ]+-[0-9a-f]+\\.json");

    private static final int HASH_BYTES = 16;

    /** What of a letter is read for a list; all but its input fits into it. */
    private static final int HEAD_BYTES = 8 * 1024;

    private static final int READS_AT_ONCE = 16;

    private final StoreBucket store;
    private final JsonMapper mapper;

    Letters(StoreBucket store, JsonMapper mapper) {
        this.store = store;
        this.mapper = mapper;
    }

    /** A letter that nobody wants any more. */
    record Discarded(Instant discarded, String because, KeptLetter letter) {}

    /**
     * Keeps a letter, or counts on if its input has failed before. Once this returns, it is durably kept and its input may
     * count as dealt with.
     *
     * @param atMost how long that may take
     * @throws software.amazon.awssdk.core.exception.SdkException if it could not be kept
     */
    public void keep(Letter letter, Duration atMost) {
        Instant now = Instant.now();
        LetterId id = id(letter);
        keep(
                id,
                find(id, atMost)
                        .map(earlier -> earlier.failedAgain(letter.attempts(), now, letter.input()))
                        .orElseGet(() -> KeptLetter.of(letter, now)),
                atMost);
    }

    /** Keeps a letter of which a queue tells, perhaps more than once: one that is there already stays as it is. */
    public void keepOnce(Letter letter, Duration atMost) {
        LetterId id = id(letter);
        if (find(id, atMost).isEmpty()) {
            keep(id, KeptLetter.of(letter, Instant.now()), atMost);
        }
    }

    private void keep(LetterId id, KeptLetter letter, Duration atMost) {
        put(id, letter, atMost);
        LOG.error("{} could not do with an input, now the dead letter {}", letter.origin(), id);
    }

    /**
     * A letter that was sent again has failed again.
     *
     * @param message the id of the message that told to send it, which counts once however often it is delivered
     */
    public void failedAgain(LetterId id, String message, int attempts, Duration atMost) {
        find(id, atMost).ifPresent(letter -> put(id, letter.failedAgain(message, attempts, Instant.now()), atMost));
    }

    private void put(LetterId id, KeptLetter letter, Duration atMost) {
        store.put(id.key(FOLDER), "application/json", mapper.writeValueAsBytes(letter), atMost);
    }

    /** The letter, if it is there. */
    public Optional<KeptLetter> find(LetterId id) {
        return find(id, Duration.ofDays(1));
    }

    private Optional<KeptLetter> find(LetterId id, Duration atMost) {
        return store.find(id.key(FOLDER), atMost).map(bytes -> mapper.readValue(bytes, KeptLetter.class));
    }

    /** Letters without their inputs; of one reason if it is given. */
    public LetterPage list(Optional<String> reason, String after, int limit) {
        StoreBucket.Keys keys =
                store.keys(FOLDER + reason.map(word -> word + "/").orElse(""), after.isEmpty() ? "" : FOLDER + after);
        List<String> names = keys.names().stream().limit(limit).toList();
        List<Listed> letters = names.stream()
                .gather(Gatherers.mapConcurrent(READS_AT_ONCE, this::listed))
                .flatMap(Optional::stream)
                .toList();
        boolean more = keys.more() || keys.names().size() > limit;
        return new LetterPage(
                letters, more ? Optional.of(names.getLast().substring(FOLDER.length())) : Optional.empty());
    }

    /** Whether a page may begin there: at the start, or where another one ended. */
    public static boolean isCursor(String after) {
        return after.isEmpty() || CURSOR.matcher(after).matches();
    }

    private Optional<Listed> listed(String key) {
        return LetterId.ofKey(FOLDER, key)
                .flatMap(id -> store.head(key, HEAD_BYTES).map(head -> new Listed(id, withoutInput(key, head))));
    }

    private KeptLetter withoutInput(String key, byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        // A quote inside of a text is escaped: this cannot be anything but the field.
        int input = text.indexOf(",\"input\":");
        KeptLetter letter = input < 0
                ? mapper.readValue(store.get(key), KeptLetter.class)
                : mapper.readValue(text.substring(0, input) + "}", KeptLetter.class);
        return letter.withoutInput();
    }

    /**
     * The letter's input has been dealt with. If it has failed again since it was read, the letter stays.
     *
     * @return whether the letter is gone
     */
    public boolean sent(LetterId id, KeptLetter read) {
        if (find(id).filter(now -> now.attempts() != read.attempts()).isPresent()) {
            return false;
        }
        store.delete(id.key(FOLDER));
        return true;
    }

    /**
     * Takes a letter out of the list. It is kept whole under {@code discarded/}, with the reason.
     *
     * @return whether there was such a letter
     */
    public boolean discard(LetterId id, String because) {
        Optional<KeptLetter> letter = find(id);
        letter.ifPresent(found -> {
            var discarded = new Discarded(Instant.now(), because, found);
            store.put(id.key(DISCARDED), "application/json", mapper.writeValueAsBytes(discarded));
            store.delete(id.key(FOLDER));
            LOG.info("The dead letter {} was discarded; {} holds it and why.", id, id.key(DISCARDED));
        });
        return letter.isPresent();
    }

    /** What Lambda has put into the store bucket of a batch that it gave up; empty for any other object. */
    public Optional<byte[]> fromLambda(String bucket, String key) {
        return store.key("s3://" + bucket + "/" + key)
                .filter(own -> own.startsWith(FROM_LAMBDA))
                .map(store::get);
    }

    /** Times that are no four digits' year count as the nearest that is: an event says of itself when it was. */
    private static LetterId id(Letter letter) {
        Instant time = letter.time();
        byte[] hash = Sha256.of(letter.origin() + " " + letter.id());
        return new LetterId("%s.%s-%s"
                .formatted(
                        letter.reason(),
                        TIME.format(time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time),
                        HexFormat.of().formatHex(hash, 0, HASH_BYTES)));
    }
}
