package dev.sluice.setting;

import org.jspecify.annotations.Nullable;

/** Checks that several settings records share. */
public final class Required {

    private Required() {}

    /**
     * Stops the start where the setting is missing.
     *
     * @param name the setting's name, for instance {@code sluice.rows.table}
     */
    public static void text(@Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw new SettingException("The setting %s is missing: set it, or the environment variable %s."
                    .formatted(name, variable(name)));
        }
    }

    private static String variable(String name) {
        return name.replace(".", "_").replace("-", "").toUpperCase(java.util.Locale.ROOT);
    }
}
