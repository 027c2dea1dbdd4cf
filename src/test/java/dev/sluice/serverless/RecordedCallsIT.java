package dev.sluice.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The table that roles are compared with holds the calls that this run's tests have made. It comes last. Where the two differ
 * on purpose, {@code target/calls.tsv} of a whole run is the next table; the roles have to follow.
 */
@Order(Integer.MAX_VALUE)
class RecordedCallsIT {

    @Test
    void everyCallIsInTheTable() {
        assertThat(CallRecorder.calls()).isSubsetOf(Call.known());
    }

    @Test
    @EnabledIfSystemProperty(
            named = "basedir",
            matches = ".+",
            disabledReason = "Maven runs all tests before this one.")
    @DisabledIfSystemProperty(named = "it.test", matches = ".+", disabledReason = "Some tests make some of the calls.")
    void everyCallOfTheTableIsStillMade() {
        assertThat(Call.certain()).isSubsetOf(CallRecorder.calls());
    }
}
