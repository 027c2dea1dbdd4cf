package dev.sluice.value;

/** A record cannot become a row. The message says why without the record's content. */
public final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectReason reason;
    private final String column;

    /** @param column the column that is at fault, or empty */
    public RejectedException(RejectReason reason, String column, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
        this.column = column;
    }

    public RejectReason reason() {
        return reason;
    }

    /** The column that is at fault, or empty. */
    public String column() {
        return column;
    }
}
