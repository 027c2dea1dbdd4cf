/** Reads the objects that notices name, writes their rows, and keeps the ledger. */
@NullMarked
package dev.sluice.object;

import org.jspecify.annotations.NullMarked;
