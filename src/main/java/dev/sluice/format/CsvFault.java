package dev.sluice.format;

import dev.sluice.value.RejectReason;
import dev.sluice.value.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Which bytes of a bad CSV record are at fault: its fields are found again, as they stand, with their quotes. */
final class CsvFault {

    private final byte[] record;
    private final byte delimiter;
    private final Optional<Byte> quote;
    private final List<Span> fields = new ArrayList<>();

    /** From a quote on that nothing closes, or what follows one that is closed. */
    private Optional<Span> quoted = Optional.empty();

    CsvFault(byte[] record, Csv csv) {
        this.record = record;
        this.delimiter = (byte) csv.delimiter();
        this.quote = csv.quote().map(c -> (byte) c.charValue());
        for (int at = 0; at <= record.length; at = fields.getLast().to() + 1) {
            fields.add(new Span(at, end(at)));
        }
    }

    private int end(int from) {
        if (quote.isEmpty() || !isAt(from, quote.get())) {
            return next(delimiter, from);
        }
        int closing = next(quote.get(), from + 1);
        while (isAt(closing + 1, quote.get())) {
            closing = next(quote.get(), closing + 2);
        }
        int behind = Math.min(closing + 1, record.length);
        int end = next(delimiter, behind);
        if (quoted.isEmpty() && closing == record.length) {
            quoted = Optional.of(new Span(from, closing));
        } else if (quoted.isEmpty() && end > behind) {
            quoted = Optional.of(new Span(behind, end));
        }
        return end;
    }

    private int next(byte wanted, int from) {
        int at = from;
        while (at < record.length && record[at] != wanted) {
            at++;
        }
        return at;
    }

    private boolean isAt(int at, byte wanted) {
        return at < record.length && record[at] == wanted;
    }

    /** The column that a byte stands in. */
    Optional<String> columnAt(int at, List<String> columns) {
        return IntStream.range(0, Math.min(fields.size(), columns.size()))
                .filter(i -> at < fields.get(i).to())
                .mapToObj(columns::get)
                .findFirst();
    }

    Optional<Span> of(RejectReason reason, Predicate<String> column, List<String> columns) {
        return switch (reason) {
            case QUOTES -> quoted;
            case FIELD_COUNT ->
                Optional.of(new Span(
                        fields.size() > columns.size()
                                ? fields.get(columns.size()).from()
                                : 0,
                        record.length));
            default ->
                IntStream.range(0, Math.min(fields.size(), columns.size()))
                        .filter(i -> column.test(columns.get(i)))
                        .mapToObj(fields::get)
                        .max(Comparator.comparingInt(Span::length));
        };
    }
}
