package dev.sluice.change;

import java.util.List;

/** Changes in the order of the stream. As JSON: {@code {"changes":[{"id":…,"kind":"inserted",…}]}}. */
public record ChangeBatch(List<Change> changes) {

    public ChangeBatch {
        changes = List.copyOf(changes);
    }
}
