package dev.sluice.row;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Value;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How new a row is, as one text that sorts: so one condition of DynamoDB compares all that a rank is made of, and
 * compares it as Java does.
 *
 * @param text the rank
 * @param object what the ranks of all the object's rows begin with that are as new, up to their offsets
 */
record Rank(String text, String object) implements Comparable<Rank> {

    /** Below every character of the texts that it ends, so that a text sorts before what only begins with it. */
    private static final String END = "\0";

    /** Above every digit, for the digits of negative numbers, which sort the other way round. */
    private static final String END_BELOW_ZERO = "~";

    /** DynamoDB's exponents, made three digits that are never negative. */
    private static final int EXPONENT_ZERO = 500;

    /** Without its Z a whole second sorts before its fractions. */
    private static final Pattern UTC =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?)Z");

    /**
     * The rank of a row whose numbers are all in DynamoDB's range.
     *
     * @throws RejectedException if the row has no single value that tells how new it is
     */
    static Rank of(Row row, Keeping.Newest newest) throws RejectedException {
        String column = newest.column();
        String value = column.isEmpty() ? "" : value(column, row.data().get(column));
        String modified = newest.modified().truncatedTo(ChronoUnit.SECONDS).toString();
        String object = value + modified + text(row.source().object());
        return new Rank(object + "%019d".formatted(row.source().offset()), object);
    }

    private static String value(String column, @Nullable Value value) throws RejectedException {
        return switch (value) {
            case Value.Num(String digits) -> "n" + number(new BigDecimal(digits).stripTrailingZeros());
            case Value.Text(String characters) -> "t" + text(withoutZone(characters));
            case Value.Bool(boolean truth) -> "t" + text(Boolean.toString(truth));
            case Value.Null _, Value.Items _, Value.Fields _ -> throw missing(column);
            case null -> throw missing(column);
        };
    }

    private static RejectedException missing(String column) {
        return new RejectedException(
                RejectReason.MISSING_NEWEST_BY,
                column,
                "The column '%s' of newest-by is missing, null or no single value.".formatted(column));
    }

    private static String withoutZone(String characters) {
        Matcher utc = UTC.matcher(characters);
        return utc.matches() ? utc.group(1) : characters;
    }

    private static String text(String characters) {
        return characters.replace(END, END + "\1") + END + END;
    }

    /** Sign, exponent, digits; below zero the latter two are counted down. */
    private static String number(BigDecimal number) {
        if (number.signum() == 0) {
            return "1";
        }
        int exponent = number.precision() - number.scale() - 1;
        String digits = number.unscaledValue().abs().toString();
        return number.signum() > 0
                ? "2%03d".formatted(EXPONENT_ZERO + exponent) + digits + END
                : "0%03d".formatted(EXPONENT_ZERO - exponent) + countedDown(digits) + END_BELOW_ZERO;
    }

    private static String countedDown(String digits) {
        var down = new StringBuilder(digits.length());
        digits.chars().forEach(digit -> down.append((char) ('0' + '9' - digit)));
        return down.toString();
    }

    @Override
    public int compareTo(Rank other) {
        return RowTable.KEY_ORDER.compare(text, other.text);
    }
}
