/** The work queue: what is still to be read, kept until it is. */
@NullMarked
package dev.sluice.work;

import org.jspecify.annotations.NullMarked;
