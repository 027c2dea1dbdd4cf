/** One key, one step in flight: the order that row writing and forwarding share. */
@NullMarked
package dev.sluice.lane;

import org.jspecify.annotations.NullMarked;
