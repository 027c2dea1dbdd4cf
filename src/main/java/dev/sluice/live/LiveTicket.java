package dev.sluice.live;

import java.time.Instant;
import java.util.Optional;

/**
 * What lets one client connect once.
 *
 * @param ticket the query parameter {@code ticket} of the address to connect to
 * @param expires from then on it lets nobody in
 * @param url the address, if it is not {@code /live} of the host that answers
 */
public record LiveTicket(String ticket, Instant expires, Optional<String> url) {

    @Override
    public String toString() {
        return "LiveTicket[expires=" + expires + "]";
    }
}
