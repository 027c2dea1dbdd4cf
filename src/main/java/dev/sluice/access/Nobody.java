package dev.sluice.access;

import java.util.Optional;

/** There is no issuer, and requests come from anywhere. */
record Nobody() implements Access {

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public Caller caller(String authorization) {
        throw new ClosedException();
    }

    @Override
    public Optional<SignIn> signIn() {
        return Optional.empty();
    }
}
