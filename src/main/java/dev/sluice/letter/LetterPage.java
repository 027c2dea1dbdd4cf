package dev.sluice.letter;

import java.util.List;
import java.util.Optional;

/**
 * Letters by reason, of a reason by time.
 *
 * @param last where to go on; empty if there are no more
 */
public record LetterPage(List<Listed> letters, Optional<String> last) {

    /** A letter without its input. */
    public record Listed(LetterId id, KeptLetter letter) {}
}
