package dev.sluice.feed;

import dev.sluice.value.JsonValues;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a column's text is turned into. Values that have the type already stay as they are. */
public enum ColumnType {
    /** As it is; a number or boolean becomes its text. */
    STRING,
    /** A number in JSON's notation, every digit kept. */
    NUMBER,
    /** {@code true} or {@code false}, in any case. */
    BOOLEAN,
    /** A date, or a date and time with an offset (ISO 8601); kept as text in UTC. */
    TIMESTAMP,
    /** Any JSON, read into the values that it stands for. */
    JSON;

    /** Far above the 38 digits that DynamoDB keeps; the time to read a number grows with the square of its digits. */
    private static final int LONGEST_NUMBER = 1_000;

    /** RFC 8259, section 6, with a plus in front allowed. */
    private static final Pattern NUMBER_FORM =
            Pattern.compile("(?:[+](?=[0-9]))?(-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?)");

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The value in this type. Except as a string, an empty text is null.
     *
     * @throws RejectedException with {@link RejectReason#BAD_TYPE} if it is something else
     */
    public Value convert(String column, Value value) throws RejectedException {
        return switch (value) {
            case Value.Null nothing -> nothing;
            case Value.Text(String text) when this != STRING && text.isEmpty() -> Value.Null.NULL;
            case Value.Text(String text) -> fromText(column, text);
            case Value.Num(String digits) when this == STRING -> new Value.Text(digits);
            case Value.Bool(boolean truth) when this == STRING -> new Value.Text(Boolean.toString(truth));
            case Value.Num number when this == NUMBER || this == JSON -> number;
            case Value.Bool bool when this == BOOLEAN || this == JSON -> bool;
            case Value.Items items when this == JSON -> items;
            case Value.Fields fields when this == JSON -> fields;
            case Value.Num _, Value.Bool _, Value.Items _, Value.Fields _ -> throw refusal(column);
        };
    }

    private Value fromText(String column, String text) throws RejectedException {
        return switch (this) {
            case STRING -> new Value.Text(text);
            case NUMBER -> {
                var number = NUMBER_FORM.matcher(text.strip());
                if (text.length() > LONGEST_NUMBER || !number.matches()) {
                    throw refusal(column);
                }
                yield new Value.Num(number.group(1));
            }
            case BOOLEAN ->
                switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "true" -> new Value.Bool(true);
                    case "false" -> new Value.Bool(false);
                    default -> throw refusal(column);
                };
            case TIMESTAMP -> new Value.Text(instant(column, text.strip()));
            case JSON -> json(column, text);
        };
    }

    private String instant(String column, String text) throws RejectedException {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .toString()
                    : OffsetDateTime.parse(text).toInstant().toString();
        } catch (DateTimeException _) {
            throw refusal(column);
        }
    }

    private Value json(String column, String text) throws RejectedException {
        try {
            return JsonValues.parse(text);
        } catch (RejectedException _) {
            throw refusal(column);
        }
    }

    private RejectedException refusal(String column) {
        return new RejectedException(
                RejectReason.BAD_TYPE, column, "The column '%s' holds no %s.".formatted(shortened(column), word()));
    }

    private static String shortened(String column) {
        return column.length() > 100 ? column.substring(0, 100) + "…" : column;
    }
}
