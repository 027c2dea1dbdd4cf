/** What a field of a record holds, exactly, and why a record may be refused. */
@NullMarked
package dev.sluice.value;

import org.jspecify.annotations.NullMarked;
