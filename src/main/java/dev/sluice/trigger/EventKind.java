package dev.sluice.trigger;

/**
 * Something that is told from others by an event's marks. What is once recognised stays so whatever marks follow, so that a
 * look at an event may end there; marks that speak against it are found by whoever reads the event.
 */
interface EventKind {

    boolean recognises(EventShape shape);
}
