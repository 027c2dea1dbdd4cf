package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeaderTests {

    @ParameterizedTest
    @CsvSource({
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1, 01",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0, 00",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8, 00",
        "Self=1-1-1; Sampled=1; Parent=53995c3f42cd8ad8; Root=1-5759e988-bd862e3fe1be46a994272793;Lineage=a:0, 01"
    })
    void rootAndParentAreTraceAndSpan(String header, String flags) {
        assertThat(TraceHeader.traceparent(header))
                .isEqualTo("00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-" + flags);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0",
                "Parent=53995c3f42cd8ad8;Sampled=1",
                "Root=1-00000000-000000000000000000000000;Parent=53995c3f42cd8ad8;Sampled=1",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=0000000000000000;Sampled=1",
                "Root=1-5759e988-bd862e3fe1be46a994272793x;Parent=53995c3f42cd8ad8",
                "Root=2-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=secret"
            })
    void whatNamesNoPlaceInATraceIsNone(String header) {
        assertThat(TraceHeader.traceparent(header)).isEmpty();
    }

    @Test
    void noHeaderIsNone() {
        assertThat(TraceHeader.traceparent(null)).isEmpty();
    }
}
