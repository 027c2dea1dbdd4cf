package dev.sluice.access;

import java.util.Optional;

/** Tells by a request's authorization header who sent it. */
public sealed interface Access permits Everyone, Nobody, Tokens {

    /**
     * Whoever sent this header.
     *
     * @param authorization the header's value; empty if there is none
     * @throws UnauthorizedException if it holds no token that is taken here
     * @throws IssuerException if the issuer cannot be asked now for its keys
     * @throws ClosedException if nobody can get in
     */
    Caller caller(String authorization);

    /**
     * How one signs in; empty if there is no issuer. The issuer is asked once, and then known.
     *
     * @throws IssuerException if it cannot be asked now
     */
    Optional<SignIn> signIn();

    /** Whether everyone gets in without being asked who they are. */
    boolean isOpen();

    /** Lets everyone do everything. */
    static Access everyone() {
        return new Everyone();
    }

    /** Lets nobody in. */
    static Access nobody() {
        return new Nobody();
    }
}
