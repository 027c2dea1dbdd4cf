package dev.sluice.trigger;

import java.util.Set;
import java.util.TreeSet;

/** A direct call names a bean that may not be called so. The name it gives is anybody's text and is not repeated. */
final class RefusedFunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedFunctionException(Set<String> invocable) {
        super("The function that the call names cannot be called directly; sluice.invocable names those that can: %s."
                .formatted(new TreeSet<>(invocable)));
    }
}
