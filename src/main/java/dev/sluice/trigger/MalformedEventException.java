package dev.sluice.trigger;

/** An event is not what AWS documents for its kind. The message never holds any of its content. */
final class MalformedEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedEventException(String sentence) {
        super(sentence);
    }
}
