/** The door: the only place that knows Lambda's JSON. */
@NullMarked
package dev.sluice.trigger;

import org.jspecify.annotations.NullMarked;
