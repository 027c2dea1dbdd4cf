package dev.sluice.trigger;

import java.io.IOException;

/**
 * One kind of event that Lambda hands over: how it is told from the others, what plain value it stands for, which bean
 * gets that, and what reply Lambda expects. Another trigger is one more of these.
 */
interface Trigger extends EventKind {

    /** Its name in {@code sluice.accepts}. */
    String name();

    /**
     * Hands the event to its bean.
     *
     * @return the reply in JSON
     * @throws MalformedEventException if the event is not what AWS documents for this kind
     */
    byte[] handle(byte[] event) throws IOException;
}
