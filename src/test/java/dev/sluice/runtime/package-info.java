/** Runs the packaged Lambda zip under AWS's own runtime client, as the managed Java runtime would. */
@NullMarked
package dev.sluice.runtime;

import org.jspecify.annotations.NullMarked;
