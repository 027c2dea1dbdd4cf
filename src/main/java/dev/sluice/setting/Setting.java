package dev.sluice.setting;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks that the settings records share. */
public final class Setting {

    private Setting() {}

    /**
     * Stops the start where a setting is missing.
     *
     * @param name the setting's name, for instance {@code sluice.rows.table}
     */
    public static void required(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new SettingException("The setting %s is missing: set it, or the environment variable %s."
                    .formatted(name, variable(name)));
        }
    }

    /** Stops the start where a number is out of its range. */
    public static void range(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new SettingException(
                    "The setting %s is %d: use a number from %d to %d.".formatted(name, value, least, most));
        }
    }

    private static String variable(String name) {
        return name.replace(".", "_").replace("-", "").toUpperCase(Locale.ROOT);
    }
}
