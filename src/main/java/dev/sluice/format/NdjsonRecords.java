package dev.sluice.format;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Span;
import dev.sluice.value.Value;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One JSON object a line. */
final class NdjsonRecords implements Records {

    private final Framer framer;
    private final JsonFields parser;

    NdjsonRecords(Framer framer, JsonFields parser) {
        this.framer = framer;
        this.parser = parser;
    }

    @Override
    public boolean next() throws IOException, FormatException {
        framer.seek();
        while (framer.next()) {
            if (framer.tooLong() || !isBlank()) {
                return true;
            }
        }
        return false;
    }

    private boolean isBlank() {
        byte[] bytes = framer.bytes();
        int to = framer.start() + framer.length();
        for (int i = framer.start(); i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public Place place() {
        return framer.place();
    }

    @Override
    public Place end() {
        return framer.end();
    }

    @Override
    public Optional<Continuation> continuation() {
        return Optional.of((at, plain) -> new NdjsonRecords(framer.from(at, plain, new LineEnd()), parser));
    }

    @Override
    public byte[] raw() {
        return framer.raw();
    }

    @Override
    public Map<String, Value> fields() throws RejectedException {
        framer.requireWhole();
        return parser.of(framer.bytes(), framer.start(), framer.length());
    }

    @Override
    public Optional<Span> fault(RejectReason reason, Predicate<String> column) {
        return parser.fault(raw(), reason, column);
    }
}
