/** Which objects are read, and how: the feeds of the settings, checked at start. */
@NullMarked
package dev.sluice.feed;

import org.jspecify.annotations.NullMarked;
