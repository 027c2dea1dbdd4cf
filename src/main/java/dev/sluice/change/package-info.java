/** Turns changes of rows into change events, sends them in order per key, and hands them to consumers. */
@NullMarked
package dev.sluice.change;

import org.jspecify.annotations.NullMarked;
