/** What the benches share, and the one that runs them all: {@code mvn -Pbench verify}. */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
