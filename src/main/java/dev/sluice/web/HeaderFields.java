package dev.sluice.web;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A request's headers while they are read: names in lower case, several values of one joined to one, cookies by a
 * semicolon (RFC 6265), all others by a comma (RFC 9110, 5.3).
 */
public final class HeaderFields {

    private final Map<String, String> fields = new HashMap<>();

    public void add(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        fields.merge(lower, value, lower.equals("cookie") ? (a, b) -> a + "; " + b : (a, b) -> a + "," + b);
    }

    /** The headers so far. */
    public Map<String, String> joined() {
        return Map.copyOf(fields);
    }
}
