package dev.sluice.format;

import dev.sluice.value.RejectReason;
import dev.sluice.value.Span;
import java.nio.charset.Charset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Which bytes of a bad JSON record are at fault: it is read again, for places instead of values. */
final class JsonFault {

    /** Each level is held. */
    private static final int DEEPEST = 10_000;

    /** What is over the limits of {@link JsonFields} has a place too, unless it is nested even deeper. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String record;
    private final Charset charset;
    private final JsonParser json;

    private JsonFault(String record, Charset charset, JsonParser json) {
        this.record = record;
        this.charset = charset;
        this.json = json;
    }

    static Optional<Span> of(byte[] bytes, Charset charset, RejectReason reason, Predicate<String> column) {
        String record = new String(bytes, charset);
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), record)) {
            var fault = new JsonFault(record, charset, json);
            return fault.characters(reason, column).map(fault::inBytes);
        }
    }

    private Optional<Span> characters(RejectReason reason, Predicate<String> column) {
        try {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.of(new Span(0, record.length()));
            }
            return switch (reason) {
                case JSON -> behind();
                case DUPLICATE_COLUMN -> twice();
                // The name itself is at fault, or one that is inside the value.
                case COLUMN_NAME -> members(column, true);
                default -> members(column, false);
            };
        } catch (StreamConstraintsException _) {
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.of(word((int) e.getLocation().getCharOffset()));
        }
    }

    /** What follows the object. */
    private Optional<Span> behind() {
        json.skipChildren();
        return json.nextToken() == null ? Optional.empty() : Optional.of(new Span(begin(), record.length()));
    }

    /** The longest of the members' values. */
    private Optional<Span> members(Predicate<String> column, boolean withName) {
        var found = Stream.<Span>builder();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = column.test(json.currentName());
            int name = begin();
            json.nextToken();
            int from = withName ? name : begin();
            json.skipChildren();
            if (wanted) {
                found.add(new Span(from, end()));
            }
        }
        return found.build().max(Comparator.comparingInt(Span::length));
    }

    /** The second value of a name, in the object that the parser has come into or in one inside it. */
    private Optional<Span> twice() {
        var names = new HashSet<String>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean again = !names.add(json.currentName());
            json.nextToken();
            int from = begin();
            Optional<Span> inside = twiceInside();
            if (inside.isPresent()) {
                return inside;
            }
            if (again) {
                return Optional.of(new Span(from, end()));
            }
        }
        return Optional.empty();
    }

    private Optional<Span> twiceInside() {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return twice();
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                Optional<Span> inside = twiceInside();
                if (inside.isPresent()) {
                    return inside;
                }
            }
        }
        return Optional.empty();
    }

    private int begin() {
        return offset(json.currentTokenLocation());
    }

    private int end() {
        // Only then has the parser come to the end of a text.
        json.finishToken();
        return offset(json.currentLocation());
    }

    private static int offset(TokenStreamLocation at) {
        return (int) at.getCharOffset();
    }

    /** Where the parser could not go on; of a word the whole of it, and nothing where the record ends too early. */
    private Span word(int at) {
        int from = Math.min(at, record.length());
        int to = Math.min(at + 1, record.length());
        if (isWord(from)) {
            while (isWord(from - 1)) {
                from--;
            }
            while (isWord(to)) {
                to++;
            }
        }
        return new Span(from, to);
    }

    private boolean isWord(int at) {
        return at >= 0
                && at < record.length()
                && (Character.isLetterOrDigit(record.charAt(at)) || "_.+-".indexOf(record.charAt(at)) >= 0);
    }

    private Span inBytes(Span characters) {
        int from = bytes(0, characters.from());
        return new Span(from, from + bytes(characters.from(), characters.to()));
    }

    private int bytes(int from, int to) {
        return record.substring(from, to).getBytes(charset).length;
    }
}
