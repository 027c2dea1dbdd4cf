package dev.sluice.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The lock file says what is installed, and whoever installs it says from where. */
class LockFileTests {

    @Test
    void itNamesNoHost() {
        assertThat(Path.of("package-lock.json")).content().doesNotContain("\"resolved\"");
    }
}
