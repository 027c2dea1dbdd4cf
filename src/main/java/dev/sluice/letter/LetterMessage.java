package dev.sluice.letter;

/**
 * A letter that is to be sent again, as it lies in the work queue.
 *
 * @param letter its id
 */
public record LetterMessage(String letter) {}
