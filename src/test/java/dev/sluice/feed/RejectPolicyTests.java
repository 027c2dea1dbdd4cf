package dev.sluice.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectPolicyTests {

    @Test
    void aCountIsStillAllowed() {
        var policy = new RejectPolicy(2, BigDecimal.ONE);
        assertThat(policy.tooMany(2, 2, true)).isFalse();
        assertThat(policy.tooMany(3, 1_000_000, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 7, 29, 57, 58})
    void aShareIsExact(int percent) {
        var policy = new RejectPolicy(Long.MAX_VALUE, new BigDecimal(percent).movePointLeft(2));
        assertThat(policy.tooMany(percent, 100, true)).isFalse();
        assertThat(policy.tooMany(percent + 1, 100, true)).isTrue();
    }

    @Test
    void ofFewRecordsAShareSaysNothingBeforeTheEnd() {
        var policy = new RejectPolicy(Long.MAX_VALUE, new BigDecimal("0.05"));
        assertThat(policy.tooMany(1, 1, false)).isFalse();
        assertThat(policy.tooMany(1, 1, true)).isTrue();
        assertThat(policy.tooMany(51, 1_000, false)).isTrue();
    }

    @Test
    void theUsualPoliciesAllowAllOrNothing() {
        assertThat(RejectPolicy.QUARANTINE.tooMany(1_000, 1_000, true)).isFalse();
        assertThat(RejectPolicy.FAIL.tooMany(1, 1_000_000, false)).isTrue();
        assertThat(RejectPolicy.FAIL.tooMany(0, 10, true)).isFalse();
    }
}
