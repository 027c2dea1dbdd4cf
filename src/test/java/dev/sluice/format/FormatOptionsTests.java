package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatOptionsTests {

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv", "ndjson", "json", "lines"})
    void aFormatHasTheNameThatSettingsGiveIt(String name) throws FormatOptionException {
        assertThat(options(name, Optional.empty()).format().name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv"})
    void givenColumnsAreThoseOfEveryRecord(String name) throws FormatOptionException {
        assertThat(options(name, Optional.of(List.of("a", "b"))).format().columns())
                .containsExactly("a", "b");
    }

    private static FormatOptions options(String name, Optional<List<String>> columns) {
        return new FormatOptions(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                columns,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
