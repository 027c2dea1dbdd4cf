package dev.sluice.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcileRequestTests {

    static ReconcilePosition[] positions() {
        return new ReconcilePosition[] {
            ReconcilePosition.start(),
            new ReconcilePosition.InBucket("a\nb/ü +%"),
            new ReconcilePosition.InLedger("orders", "done#", ""),
            new ReconcilePosition.InLedger("-", "done#2026-01-02T03:04:05.000000#0a0b0c0d", "Yi9r")
        };
    }

    @ParameterizedTest
    @MethodSource("positions")
    void aCursorLeadsToWhereItWasMade(ReconcilePosition position) {
        assertThat(request(Optional.empty(), position.text()).position()).contains(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "YQ", "bGVkZ2VyCmE", "bGVkZ2VyCmYKeAo", "bGVkZ2VyCgpkb25lIwo"})
    void anotherTextIsRefused(String cursor) {
        assertThatIllegalArgumentException().isThrownBy(() -> request(Optional.empty(), cursor));
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> request(Optional.of(0), ReconcilePosition.start().text()));
    }

    private static ReconcileRequest request(Optional<Integer> limit, String cursor) {
        return new ReconcileRequest(Optional.empty(), Optional.empty(), Optional.empty(), limit, Optional.of(cursor));
    }
}
