package dev.sluice.format;

import dev.sluice.value.RejectReason;
import dev.sluice.value.RejectedException;
import dev.sluice.value.Span;
import dev.sluice.value.Value;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The elements of one JSON array. Where nothing stands between two commas there is no record. */
final class JsonArrayRecords implements Records {

    private final Framer framer;
    private final ArrayEnd end;
    private final JsonFields parser;

    JsonArrayRecords(Framer framer, ArrayEnd end, JsonFields parser) {
        this.framer = framer;
        this.end = end;
        this.parser = parser;
    }

    @Override
    public boolean next() throws IOException, FormatException {
        framer.seek();
        while (framer.next()) {
            if (end.isElement()) {
                return true;
            }
            switch (end.part()) {
                case NO_ARRAY ->
                    throw new FormatException("not-an-array", "The object does not begin with a JSON array.");
                case REST -> throw new FormatException("after-array", "Something follows the JSON array.");
                case BEFORE, GAP, ELEMENT, AFTER -> {}
            }
        }
        if (end.isOpen()) {
            throw new FormatException(
                    "open-array",
                    "The JSON array is cut off, or an element does not close what it opens: the last one read is %d in line %d."
                            .formatted(end.index(), framer.place().line()));
        }
        return false;
    }

    @Override
    public Place place() {
        Place place = framer.place();
        return new Place(place.offset(), place.line(), Optional.of("/" + end.index()));
    }

    @Override
    public Place end() {
        return framer.end();
    }

    /** Inside an array, only what lies before an element tells that it is one. */
    @Override
    public Optional<Continuation> continuation() {
        return Optional.empty();
    }

    @Override
    public byte[] raw() {
        return Arrays.copyOf(framer.raw(), length());
    }

    @Override
    public Map<String, Value> fields() throws RejectedException {
        framer.requireWhole();
        return parser.of(framer.bytes(), framer.start(), length());
    }

    @Override
    public Optional<Span> fault(RejectReason reason, Predicate<String> column) {
        return parser.fault(raw(), reason, column);
    }

    /** Without the blanks behind the element. */
    private int length() {
        byte[] bytes = framer.bytes();
        int to = framer.start() + framer.length();
        while (to > framer.start() && " \t\r\n".indexOf(bytes[to - 1]) >= 0) {
            to--;
        }
        return to - framer.start();
    }
}
