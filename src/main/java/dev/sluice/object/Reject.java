package dev.sluice.object;

import dev.sluice.value.RejectReason;
import dev.sluice.value.Span;
import java.util.Optional;

/**
 * A record that could not become a row.
 *
 * @param linesFrom the byte from which lines were counted; none if from the object's first
 * @param offset the record's first byte in the decompressed object
 * @param bytes the record's length there, without its line break; of one over the feed's limit with it; none of one that
 *     was kept before its length was
 * @param pointer a JSON pointer to the record, where the format has one
 * @param column the column at fault; may be empty
 * @param at the bytes at fault, of the text's in UTF-8 or of those in base64; none where they are none in particular
 * @param text the record without its line break
 * @param base64 its bytes as base64, for a record that is no text
 * @param cut whether only the record's first bytes are kept
 */
public record Reject(
        long line,
        Optional<Long> linesFrom,
        long offset,
        Optional<Long> bytes,
        Optional<String> pointer,
        RejectReason reason,
        String column,
        String message,
        Optional<Span> at,
        Optional<String> text,
        Optional<String> base64,
        boolean cut) {}
