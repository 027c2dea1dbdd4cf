package dev.sluice.object;

import dev.sluice.invocation.Invocation;
import java.time.Instant;

/**
 * The call that objects are read in, one after the other.
 *
 * @param stop when it has to leave what is not read yet to the next call; one moment, however many objects it reads
 */
record Call(Invocation invocation, Instant stop) {}
