package dev.sluice.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The table that roles are compared with holds the calls that this build's tests have made. Maven runs it by itself once all
 * others have run. Where the two differ on purpose, what {@code sort -u target/calls/*.tsv} tells after a whole run from clean is
 * the next table; the roles have to follow.
 */
@EnabledIfSystemProperty(
        named = RecordedCallsIT.BEGIN,
        matches = ".+",
        disabledReason = "Only Maven runs all other tests before it.")
class RecordedCallsIT {

    static final String BEGIN = "build.begin";

    private final Set<Call> made = Call.made(CallRecorder.folder(), "", Instant.parse(System.getProperty(BEGIN)));

    @Test
    void everyCallIsInTheTable() {
        assertThat(made).isSubsetOf(Call.known());
    }

    @Test
    @DisabledIfSystemProperty(named = "it.test", matches = ".+", disabledReason = "Some tests make some of the calls.")
    void everyCallOfTheTableIsStillMade() {
        assertThat(Call.certain()).isSubsetOf(made);
    }
}
