package dev.sluice.trigger;

/** Something that is told from others of its sort by an event's marks. An event belongs to one of a sort only. */
interface EventKind {

    boolean recognises(EventShape shape);
}
