package dev.sluice.access;

/** A request brings no token, or one that is not taken here. The message says why and shows nothing of the token. */
public final class UnauthorizedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean tokenSent;

    private UnauthorizedException(String sentence, boolean tokenSent) {
        super(sentence, null, false, false);
        this.tokenSent = tokenSent;
    }

    static UnauthorizedException noToken() {
        return new UnauthorizedException("Sign in: this takes a token, as in 'authorization: Bearer …'.", false);
    }

    static UnauthorizedException badToken(String sentence) {
        return new UnauthorizedException(sentence, true);
    }

    /** What a reply of status 401 has to say (RFC 6750, 3): {@code www-authenticate}'s value. */
    public String challenge() {
        return tokenSent ? "Bearer error=\"invalid_token\"" : "Bearer";
    }
}
