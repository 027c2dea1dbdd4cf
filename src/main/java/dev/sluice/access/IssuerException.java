package dev.sluice.access;

/** The issuer cannot be asked now, or does not answer as OpenID Connect says; no token can be told right from wrong. */
public final class IssuerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IssuerException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    IssuerException(String sentence) {
        super(sentence);
    }
}
