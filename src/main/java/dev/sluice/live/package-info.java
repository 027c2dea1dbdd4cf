/** WebSocket connections: who is connected, what each wants to see, and the live tail of changes. */
@NullMarked
package dev.sluice.live;

import org.jspecify.annotations.NullMarked;
