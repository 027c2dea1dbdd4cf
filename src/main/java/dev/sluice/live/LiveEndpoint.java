package dev.sluice.live;

import java.net.URI;

/** Where messages to connections are sent, where the settings name no other place: the local server's own API. */
public interface LiveEndpoint {

    /** The address of the {@code @connections} API without that part; known once the server listens. */
    URI address();
}
