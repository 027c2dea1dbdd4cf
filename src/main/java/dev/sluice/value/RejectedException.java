package dev.sluice.value;

import java.util.regex.Pattern;

/** A record cannot become a row. The message says why without the record's content. */
public final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_COLUMN = 256;

    /** JSON can name a column so, but neither DynamoDB nor a file in UTF-8 can hold it. A pair is no surrogate here. */
    private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

    private final RejectReason reason;
    private final String column;

    /** @param column the column that is at fault, or empty */
    public RejectedException(RejectReason reason, String column, String sentence) {
        super(whole(sentence), null, false, false);
        this.reason = reason;
        this.column = shortened(column);
    }

    private static String shortened(String column) {
        if (column.length() <= LONGEST_COLUMN) {
            return whole(column);
        }
        boolean inPair = Character.isSurrogatePair(column.charAt(LONGEST_COLUMN - 1), column.charAt(LONGEST_COLUMN));
        return whole(column.substring(0, inPair ? LONGEST_COLUMN - 1 : LONGEST_COLUMN)) + "…";
    }

    private static String whole(String text) {
        return HALF_PAIR.matcher(text).replaceAll("\ufffd");
    }

    /** The same, of that column. */
    public RejectedException in(String name) {
        return new RejectedException(reason, name, String.valueOf(getMessage()));
    }

    /** Whether the column of that name is at fault. */
    public boolean isAt(String name) {
        return shortened(name).equals(column);
    }

    public RejectReason reason() {
        return reason;
    }

    /** The column that is at fault, shortened if it is very long, or empty. */
    public String column() {
        return column;
    }
}
