/** Starts Sluice: one Spring Boot application of plain functions. */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
