package dev.sluice.live;

import dev.sluice.value.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One message to a connection, in JSON: {@code {"changes":[…],"dropped":0}}.
 *
 * @param dropped how many changes the connection would have been told of, and is not, since the message before
 */
record Bulletin(List<LiveChange> changes, long dropped) {

    /**
     * A message may have 128 KB, but one over 32 KB has to come in several frames, by API Gateway's management API too.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas
     *     for configuring and running a WebSocket API in API Gateway</a>
     */
    static final int MOST_BYTES = 32 * 1024;

    private static final byte[] CHANGES = ascii("{\"changes\":[");
    private static final byte[] DROPPED = ascii("],\"dropped\":");
    private static final int LONGEST_NUMBER = Long.toString(Long.MAX_VALUE).length();

    /** What is left for changes and the commas after them. */
    static final int MOST_CHANGES = MOST_BYTES - CHANGES.length - DROPPED.length - LONGEST_NUMBER - 2;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] json() {
        var json = new JsonBytes();
        json.add(CHANGES);
        for (int i = 0; i < changes.size(); i++) {
            if (i > 0) {
                json.add(',');
            }
            json.add(changes.get(i).json().utf8());
        }
        json.add(DROPPED);
        json.add(ascii(Long.toString(dropped)));
        json.add('}');
        return json.take();
    }
}
