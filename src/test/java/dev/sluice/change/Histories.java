package dev.sluice.change;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Rows of which each change raises the number {@code n} by one: what is lost or out of order is told by the numbers. */
public final class Histories implements Consumer<JsonNode> {

    private final Map<String, Integer> last = new HashMap<>();
    private long seen;
    private long outOfOrder;

    @Override
    public void accept(JsonNode event) {
        JsonNode data = event.path("data");
        int number = data.path("after").path("n").asInt();
        int before = data.path("before").path("n").asInt(0);
        int expected = last.getOrDefault(data.path("key").stringValue(), 0);
        outOfOrder += before == expected && number == expected + 1 ? 0 : 1;
        last.put(data.path("key").stringValue(), number);
        seen++;
    }

    public long seen() {
        return seen;
    }

    /** Events that do not go on where the one before of their row ended: a gap, or another order. */
    public long outOfOrder() {
        return outOfOrder;
    }
}
