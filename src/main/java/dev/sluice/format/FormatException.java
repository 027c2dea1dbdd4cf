package dev.sluice.format;

/** An object cannot be read as its feed says; no record of it can. */
public final class FormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code a short stable name, for instance {@code missing-column} */
    public FormatException(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /** A short stable name for the ledger. */
    public String code() {
        return code;
    }
}
