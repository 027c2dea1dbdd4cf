/** Rows, their keys and the rows table. */
@NullMarked
package dev.sluice.row;

import org.jspecify.annotations.NullMarked;
