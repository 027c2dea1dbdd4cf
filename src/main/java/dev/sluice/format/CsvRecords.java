package dev.sluice.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Span;
import dev.sluice.value.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The records below a header. The framer knows where they are, the parser what is in them. */
final class CsvRecords implements Records {

    private final Framer framer;
    private final CsvFields parser;
    private final Csv csv;
    private List<String> columns;

    CsvRecords(Framer framer, Csv csv, List<String> columns) {
        this.framer = framer;
        this.parser = new CsvFields(csv);
        this.csv = csv;
        this.columns = columns;
    }

    /** The columns' names; none if the object holds no record at all. */
    List<String> readHeader() throws IOException, FormatException {
        if (next()) {
            try {
                var names = new Csv(
                        csv.delimiter(), csv.quote(), csv.comment(), Optional.empty(), List.of(), csv.charset());
                columns = parse(new CsvFields(names)).stream()
                        .map(name -> ((Value.Text) name).text())
                        .toList();
            } catch (RejectedException e) {
                throw new FormatException("bad-header", "The header cannot be read: " + e.getMessage());
            }
        }
        return columns;
    }

    @Override
    public boolean next() throws IOException, FormatException {
        // The record before this one has taken in everything behind its quote.
        if (isOpen()) {
            throw new FormatException(
                    "open-quote",
                    "A quote in the record of line %d is never closed."
                            .formatted(framer.place().line()));
        }
        framer.seek();
        while (framer.next()) {
            if (framer.length() > 0 && !isComment()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isOpen() {
        return framer.isOpen();
    }

    private boolean isComment() {
        return csv.comment().isPresent()
                && framer.bytes()[framer.start()] == csv.comment().get();
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
        return Optional.of((at, plain) -> new CsvRecords(framer.from(at, plain, new CsvEnd(csv)), csv, columns));
    }

    @Override
    public byte[] raw() {
        return framer.raw();
    }

    @Override
    public Map<String, Value> fields() throws RejectedException {
        List<Value> fields = parse(parser);
        if (fields.size() != columns.size()) {
            throw new RejectedException(
                    RejectReason.FIELD_COUNT,
                    "",
                    "The record has %d fields, not the %d of its columns.".formatted(fields.size(), columns.size()));
        }
        Map<String, Value> values = LinkedHashMap.newLinkedHashMap(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            values.put(columns.get(i), fields.get(i));
        }
        return values;
    }

    @Override
    public Optional<Span> fault(RejectReason reason, Predicate<String> column) {
        byte[] record = raw();
        return switch (reason) {
            case RECORD_TOO_LARGE -> Optional.empty();
            case ENCODING -> parser.malformed(record);
            default -> new CsvFault(record, csv).of(reason, column, columns);
        };
    }

    private List<Value> parse(CsvFields with) throws RejectedException {
        framer.requireWhole();
        try {
            return with.of(framer.bytes(), framer.start(), framer.length());
        } catch (CsvParseException e) {
            int at = with.read();
            throw new RejectedException(
                    RejectReason.QUOTES,
                    at < columns.size() ? columns.get(at) : "",
                    "A quote is not closed, or something follows a closing quote.");
        } catch (RejectedException e) {
            throw e.in(malformedColumn());
        }
    }

    private String malformedColumn() {
        byte[] record = raw();
        return parser.malformed(record)
                .flatMap(bytes -> new CsvFault(record, csv).columnAt(bytes.from(), columns))
                .orElse("");
    }
}
