package dev.sluice.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class RequirementTests {

    private static final String MISSING = "Node is missing: install it.";

    @Test
    void whereAllIsThereTestsRun() {
        assertThat(Requirement.evaluate("", false).isDisabled()).isFalse();
        assertThat(Requirement.evaluate("", true).isDisabled()).isFalse();
    }

    @Test
    void whereSomethingIsMissingTheyAreSkippedForThatReason() {
        assertThat(Requirement.evaluate(MISSING, false).isDisabled()).isTrue();
        assertThat(Requirement.evaluate(MISSING, false).getReason()).hasValue(MISSING);
    }

    @Test
    void inCiTheyFailForThatReason() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Requirement.evaluate(MISSING, true))
                .withMessage(MISSING);
    }
}
