package dev.sluice.local;

import java.util.function.Consumer;

/**
 * What every trigger invokes with.
 *
 * @param failures the on-failure destination, for what is given up
 * @param notes for a person
 */
record Invoker(Door door, Patience patience, Consumer<String> failures, Consumer<String> notes) {}
