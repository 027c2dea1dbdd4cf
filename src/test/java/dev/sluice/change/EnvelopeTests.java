package dev.sluice.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.sluice.value.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The envelope as others read it: by docs/change-event.schema.json, and with the SDK of CloudEvents. */
class EnvelopeTests {

    private static final Schema SCHEMA = schema();
    /** One for all of them, as a batch has one. */
    private static final EventWriter WRITER = new EventWriter();

    private static final String TRACE = "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01";

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12,
                            registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                                    .formatAssertionsEnabled(true)
                                    .build()))
                    .getSchema(Files.readString(Path.of("docs", "change-event.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 300)
    void aChangeIsWrittenAsTheEventThatItBecomes(
            @ForAll("events") ChangeEvent event, @ForAll @StringLength(max = 45) String sequence) {
        var change = new Change(
                event.id(),
                event.kind(),
                event.key(),
                event.feed(),
                event.time(),
                whole(sequence),
                event.before(),
                event.after(),
                event.expired());
        assertThat(WRITER.whole(change, event.source(), event.traceparent()))
                .isEqualTo(WRITER.whole(ChangeEvent.of(change, event.source(), event.traceparent())));
    }

    @Property(tries = 300)
    void whateverARowHoldsItsEventsAreCloudEventsByTheSchema(@ForAll("events") ChangeEvent event) {
        byte[] whole = WRITER.whole(event);
        assertThat(faults(whole)).isEmpty();
        assertThat(faults("[%s,%s]"
                        .formatted(new String(whole, UTF_8), new String(whole, UTF_8))
                        .getBytes(UTF_8)))
                .isEmpty();

        CloudEvent parsed = parse(whole);
        assertThat(parsed.getId()).isEqualTo(event.id());
        assertThat(parsed.getSource()).hasToString(event.source());
        assertThat(parsed.getType()).isEqualTo("dev.sluice.row." + event.kind().word());
        assertThat(parsed.getSubject()).isEqualTo(event.subject());
        assertThat(parsed.getTime()).isEqualTo(event.time().atOffset(ZoneOffset.UTC));
        assertThat(parsed.getExtension("sequence")).isEqualTo(event.sequence());
        assertThat(parsed.getExtension("expired")).isEqualTo(event.expired() ? true : null);
        assertThat(parsed.getExtension("traceparent"))
                .isEqualTo(event.traceparent().isEmpty() ? null : event.traceparent());
        assertThat(JsonMapper.shared()
                        .readTree(Objects.requireNonNull(parsed.getData()).toBytes()))
                .isEqualTo(JsonMapper.shared().readTree(WRITER.data(event)));
    }

    @Property(tries = 100)
    void soAreThoseThatAreTooLargeForARecord(@ForAll("events") ChangeEvent event) {
        byte[] claimed = WRITER.claimed(event, "s3://store/claims/2026-11-22/1.json");
        assertThat(faults(claimed)).isEmpty();
        assertThat(parse(claimed).getExtension("dataref")).isEqualTo("s3://store/claims/2026-11-22/1.json");
        assertThat(parse(claimed).getData()).isNull();

        byte[] smaller = WRITER.whole(event.withoutBefore());
        assertThat(faults(smaller)).isEmpty();
        assertThat(parse(smaller).getExtension("omitted")).isEqualTo("before");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                "\"specversion\":\"1.0\" | \"specversion\":\"0.3\"",
                "row.modified            | row.renamed",
                "\"id\":\"id-7\",        | ´´",
                "\"subject\":\"feed/k\"  | \"subject\":\"feed\"",
                "000007\"                | 7\"",
                "T08:00:07Z              | T08:00:07+01:00",
                "\"before\":{},          | ´´",
                "\"feed\":\"feed\",      | ´´",
                "\"after\":{\"n\":7}     | \"after\":[]",
                "row.modified            | row.removed",
                "row.modified            | row.inserted",
                "\"data\":{              | \"expired\":true,\"data\":{",
                "\"data\":{              | \"omitted\":\"before\",\"data\":{",
                "\"data\":{              | \"traceparent\":\"00-1-2-3\",\"data\":{",
                "\"data\":{              | \"dataref\":\"s3://store/claims/1\",\"data\":{",
                "\"data\":{              | \"unknown\":1,\"data\":{"
            })
    void theSchemaTellsWhatIsNoEvent(String right, String wrong) {
        String event = new String(WRITER.whole(ChangeEvent.of(Feed.change(7, "k"), "/sluice", "")), UTF_8);
        // The schema's other half must be content with it.
        assertThat(faults(event.getBytes(UTF_8))).isEmpty();
        assertThat(event).contains(right);
        assertThat(faults(event.replaceFirst(Pattern.quote(right), wrong.replace("$", "\\$"))
                        .getBytes(UTF_8)))
                .isNotEmpty();
    }

    @Test
    void theEventOfTheDocumentationIsOne() throws IOException {
        String page = Files.readString(Path.of("docs", "change-feed.md"));
        String example = page.substring(page.indexOf("```json") + "```json".length(), page.indexOf("```\n\n- `id`"));
        assertThat(faults(example.getBytes(UTF_8))).isEmpty();
        assertThat(CloudEvents.decode(Json.of(example))).singleElement().isInstanceOf(Incoming.Whole.class);
    }

    private static List<?> faults(byte[] json) {
        return SCHEMA.validate(new String(json, UTF_8), InputFormat.JSON);
    }

    private static CloudEvent parse(byte[] json) {
        return Objects.requireNonNull(EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE))
                .deserialize(json);
    }

    @Provide
    Arbitrary<ChangeEvent> events() {
        Arbitrary<String> texts =
                Arbitraries.strings().ofMinLength(1).ofMaxLength(40).map(EnvelopeTests::whole);
        Arbitrary<Json> rows = Arbitraries.maps(texts, texts)
                .ofMaxSize(4)
                .map(row -> Json.of(JsonMapper.shared().writeValueAsBytes(row)));
        return Combinators.combine(
                        Arbitraries.of(Change.Kind.class),
                        texts,
                        Arbitraries.longs().between(0, 4_000_000_000_000L),
                        rows,
                        rows,
                        Arbitraries.of(true, false),
                        Arbitraries.of("", TRACE))
                .as((kind, key, millis, before, after, expired, trace) -> new ChangeEvent(
                        "7de3041dd709b024af6f29e4fa13d34c",
                        "/sluice",
                        kind,
                        "feed",
                        key,
                        Instant.ofEpochMilli(millis),
                        "0".repeat(39) + "7",
                        kind == Change.Kind.INSERTED ? Json.NULL : before,
                        kind == Change.Kind.REMOVED ? Json.NULL : after,
                        false,
                        expired && kind == Change.Kind.REMOVED,
                        trace));
    }

    /** What a table can hold: no half of a surrogate pair. */
    private static String whole(String text) {
        String encodable = new String(text.getBytes(UTF_8), UTF_8);
        return encodable.isEmpty() ? "?" : encodable;
    }
}
