/** Turns bytes into records: decompression, framing (offset, line, length) and parsing. Pure; knows no AWS. */
@NullMarked
package dev.sluice.format;

import org.jspecify.annotations.NullMarked;
