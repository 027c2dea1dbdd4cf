package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildTests {

    @Test
    void aChildDoesNotInheritWhatTheAppIsConfiguredWith() {
        var environment = new HashMap<>(Map.of(
                "PATH", "/bin",
                "SERVER_PORT", "9090",
                "SPRING_PROFILES_ACTIVE", "local",
                "MANAGEMENT_SERVER_PORT", "1",
                "LOGGING_LEVEL_ROOT", "DEBUG",
                "AWS_ACCESS_KEY_ID", "a real one",
                "SLUICE_BUCKET", "b"));

        Child.strip(environment);

        assertThat(environment).containsOnlyKeys("PATH");
    }
}
