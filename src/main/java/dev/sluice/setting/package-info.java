/** Stops the start with one sentence when a setting is wrong. */
@NullMarked
package dev.sluice.setting;

import org.jspecify.annotations.NullMarked;
