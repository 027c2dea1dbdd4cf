package dev.sluice.object;

import java.util.List;

/** One outcome an object, in the order of the notices; a notice that repeats an earlier one shares its outcome. */
public record ReadReport(List<ObjectOutcome> objects) {}
