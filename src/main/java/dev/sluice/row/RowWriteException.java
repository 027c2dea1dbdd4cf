package dev.sluice.row;

/** Rows could not be written although it was tried as long as there was time: what was asked for has to be tried again. */
final class RowWriteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RowWriteException(String sentence) {
        super(sentence);
    }

    RowWriteException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
