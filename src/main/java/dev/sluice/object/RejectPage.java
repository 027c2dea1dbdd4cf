package dev.sluice.object;

import dev.sluice.value.Json;
import java.util.List;
import java.util.Optional;

/**
 * Rejects in the order of the object, each as its JSON (see {@link Reject}).
 *
 * @param last where to go on; empty if there are no more
 */
public record RejectPage(List<Json> rejects, Optional<String> last) {}
