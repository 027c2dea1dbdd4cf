package dev.sluice.format;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Span;
import dev.sluice.value.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Each line that is not empty. */
final class LineRecords implements Records {

    private final Framer framer;
    private final String column;
    private final TextDecoder decoder;

    LineRecords(Framer framer, String column, TextDecoder decoder) {
        this.framer = framer;
        this.column = column;
        this.decoder = decoder;
    }

    @Override
    public boolean next() throws IOException, FormatException {
        framer.seek();
        while (framer.next()) {
            if (framer.length() > 0) {
                return true;
            }
        }
        return false;
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
        return Optional.of((at, plain) -> new LineRecords(framer.from(at, plain, new LineEnd()), column, decoder));
    }

    @Override
    public byte[] raw() {
        return framer.raw();
    }

    @Override
    public Map<String, Value> fields() throws RejectedException {
        framer.requireWhole();
        Map<String, Value> fields = new LinkedHashMap<>();
        try {
            fields.put(column, new Value.Text(decoder.decode(framer.bytes(), framer.start(), framer.length())));
        } catch (RejectedException e) {
            throw e.in(column);
        }
        return fields;
    }

    @Override
    public Optional<Span> fault(RejectReason reason, Predicate<String> named) {
        byte[] record = raw();
        return switch (reason) {
            case RECORD_TOO_LARGE -> Optional.empty();
            case ENCODING -> decoder.malformed(record, 0, record.length);
            default -> Optional.of(new Span(0, record.length)).filter(_ -> named.test(column));
        };
    }
}
