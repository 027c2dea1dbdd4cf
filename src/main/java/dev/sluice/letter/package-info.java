/** Dead letters: inputs that failed for good, kept whole with the reason, ready to be sent again. */
@NullMarked
package dev.sluice.letter;

import org.jspecify.annotations.NullMarked;
