package dev.sluice.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** A query parameter: how a route reads it, and what the description of the API says of it. */
sealed interface QueryParameter {

    String name();

    /** What it is for, in a sentence. */
    String meaning();

    /** A whole number in a range, with a usual value. */
    record Whole(String name, String meaning, int least, int most, int usual) implements QueryParameter {

        int in(WebRequest request) {
            return request.query(name).map(this::parse).orElse(usual);
        }

        private int parse(String text) {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException _) {
                // Said below.
            }
            throw Problem.badRequest("%s has to be a number from %d to %d.".formatted(name, least, most));
        }
    }

    /** A time like {@code 2026-01-31T12:00:00Z} (RFC 3339). */
    record Time(String name, String meaning) implements QueryParameter {

        Optional<Instant> in(WebRequest request) {
            return request.query(name).map(this::parse);
        }

        private Instant parse(String text) {
            try {
                Instant time = Instant.parse(text);
                int year = time.atOffset(ZoneOffset.UTC).getYear();
                if (year >= 0 && year <= 9999) {
                    return time;
                }
            } catch (DateTimeParseException _) {
                // Said below.
            }
            throw Problem.badRequest("%s has to be a time like 2026-01-31T12:00:00Z.".formatted(name));
        }
    }

    /** One of a few words. */
    record Word(String name, String meaning, List<String> words) implements QueryParameter {

        public Word {
            words = List.copyOf(words);
        }

        Optional<String> in(WebRequest request) {
            Optional<String> word = request.query(name);
            if (!words.contains(word.orElse(words.getFirst()))) {
                throw Problem.badRequest("%s has to be one of %s.".formatted(name, String.join(", ", words)));
            }
            return word;
        }
    }

    /**
     * Text of a form.
     *
     * @param pattern a regular expression of all of it, which JavaScript knows, too
     * @param rule what it has to be, in words
     * @param required whether it has to be there
     */
    record Text(String name, String meaning, String pattern, String rule, boolean required) implements QueryParameter {

        Optional<String> in(WebRequest request) {
            Optional<String> text = request.query(name);
            if (text.map(one -> !one.matches(pattern)).orElse(required)) {
                throw Problem.badRequest("%s has to %s.".formatted(name, rule));
            }
            return text;
        }
    }

    /** Any text; who reads it decides what it means. */
    record AnyText(String name, String meaning) implements QueryParameter {

        Optional<String> in(WebRequest request) {
            return request.query(name);
        }
    }
}
