/** WebSocket connections: who is connected, and what each wants to see. */
@NullMarked
package dev.sluice.live;

import org.jspecify.annotations.NullMarked;
