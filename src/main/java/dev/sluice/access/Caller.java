package dev.sluice.access;

import java.util.function.Supplier;

/**
 * Who sent the request that is being answered. The routes bind it for the length of one request.
 *
 * @param subject the token's {@code sub}; empty where nobody was asked who they are
 * @param role the highest that the token brings
 */
public record Caller(String subject, Role role) {

    /** Whoever reaches this process itself: by the local server without an issuer, or by a bean's name. */
    static final Caller TRUSTED = new Caller("", Role.OPERATOR);

    private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    /** The caller of the route that this thread answers; of a bean that is called by name, one who may do everything. */
    public static Caller current() {
        return CURRENT.orElse(TRUSTED);
    }

    /** Runs the work on behalf of this caller. */
    public <T> T call(Supplier<? extends T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }
}
