package dev.sluice.row;

import java.util.List;
import java.util.Optional;

/**
 * Rows in the order of their keys.
 *
 * @param last the key to go on after; empty if there are no more rows
 */
public record RowPage(List<Row> rows, Optional<String> last) {}
