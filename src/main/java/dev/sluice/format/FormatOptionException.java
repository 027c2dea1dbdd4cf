package dev.sluice.format;

/** An option of a format is wrong. The message ends a sentence that begins with who has the option. */
public final class FormatOptionException extends Exception {
    private static final long serialVersionUID = 1L;

    FormatOptionException(String message) {
        super(message);
    }

    FormatOptionException(String message, Throwable cause) {
        super(message, cause);
    }
}
