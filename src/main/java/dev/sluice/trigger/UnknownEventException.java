package dev.sluice.trigger;

import java.util.Collection;

/** An event is of no kind that Sluice knows, or of several. */
final class UnknownEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MOST_NAMES = 20;
    private static final int LONGEST_NAME = 40;

    UnknownEventException(EventShape shape) {
        super("The event is %s. Its top-level keys are: %s.".formatted(title(shape), names(shape.keys())));
    }

    private static String title(EventShape shape) {
        if (shape.has("detail-type", "Scheduled Event")) {
            return "a schedule's without an input: give it one, {\"function\": name, \"input\": {…}}";
        }
        return Sort.foreign(shape.keys())
                .map(sort -> sort.title() + ", of which Sluice takes none")
                .orElse("of no kind that Sluice knows");
    }

    private static String names(Collection<String> names) {
        var some = names.stream()
                .limit(MOST_NAMES)
                // A name is anybody's text and shall not begin a line of the log.
                .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
                .map(name -> name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name)
                .toList();
        return String.join(", ", some) + (names.size() > MOST_NAMES ? ", …" : "");
    }
}
