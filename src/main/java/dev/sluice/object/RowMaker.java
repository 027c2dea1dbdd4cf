package dev.sluice.object;

import dev.sluice.feed.Feed;
import dev.sluice.format.Place;
import dev.sluice.row.Row;
import dev.sluice.row.RowKey;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Sha256;
import dev.sluice.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the rows of one object: gives each record its key and says where it came from. */
final class RowMaker {

    private static final int LONGEST_EXPONENT = 200;

    private final Feed feed;
    private final String object;
    private final String version;
    private final String objectHash;
    private final Optional<Long> linesFrom;

    /** @param linesFrom the byte from which lines are counted; none if from the object's first */
    RowMaker(Feed feed, String bucket, String key, String version, Optional<Long> linesFrom) {
        this.feed = feed;
        this.object = bucket + "/" + key;
        this.version = version;
        this.objectHash = hash(object);
        this.linesFrom = linesFrom;
    }

    Row row(Place place, Map<String, Value> fields) throws RejectedException {
        var source = new Row.Source(object, version, place.line(), place.offset(), linesFrom);
        return new Row(key(place, fields), fields, source);
    }

    private RowKey key(Place place, Map<String, Value> fields) throws RejectedException {
        if (feed.key().isEmpty()) {
            return new RowKey(feed.name(), "%s|%016d".formatted(objectHash, place.offset()));
        }
        var values = new ArrayList<String>(feed.key().size());
        for (String column : feed.key()) {
            values.add(keyPart(column, fields.get(column)));
        }
        return RowKey.of(feed.name(), values);
    }

    private static String keyPart(String column, @Nullable Value value) throws RejectedException {
        String text =
                switch (value) {
                    case null -> throw missing(column);
                    case Value.Null _ -> throw missing(column);
                    case Value.Text(String characters) -> characters;
                    case Value.Num(String digits) -> plain(column, digits);
                    case Value.Bool(boolean truth) -> Boolean.toString(truth);
                    case Value.Items _, Value.Fields _ -> "";
                };
        if (text.isEmpty()) {
            throw new RejectedException(
                    RejectReason.EMPTY_KEY,
                    column,
                    "The key column '%s' is empty or no single value.".formatted(column));
        }
        return text;
    }

    private static RejectedException missing(String column) {
        return new RejectedException(
                RejectReason.MISSING_KEY, column, "The key column '%s' is missing or null.".formatted(column));
    }

    /** 1, 1.0 and 1e0 are one number, so they are one key. */
    private static String plain(String column, String digits) throws RejectedException {
        try {
            BigDecimal number = new BigDecimal(digits).stripTrailingZeros();
            if (number.scale() <= LONGEST_EXPONENT && number.scale() >= -LONGEST_EXPONENT) {
                return number.toPlainString();
            }
        } catch (NumberFormatException | ArithmeticException _) {
            // The exponent does not even fit into an int.
        }
        throw new RejectedException(
                RejectReason.NUMBER_RANGE, column, "The key column '%s' is out of range.".formatted(column));
    }

    private static String hash(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.of(text))
                .substring(0, 22);
    }
}
