package dev.sluice.value;

/** A record cannot become a row. The message says why without the record's content. */
public final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_COLUMN = 256;

    private final RejectReason reason;
    private final String column;

    /** @param column the column that is at fault, or empty */
    public RejectedException(RejectReason reason, String column, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
        this.column = shortened(column);
    }

    private static String shortened(String column) {
        return column.length() > LONGEST_COLUMN ? column.substring(0, LONGEST_COLUMN) + "…" : column;
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
