package dev.sluice.feed;

import dev.sluice.feed.KeyGlob.Part;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds a key that two patterns both match: walks through both at once, each step one character that both can take. */
final class Overlap {

    /** Stands where both patterns take any character. */
    private static final int ANY = 'x';

    private final List<Part> first;
    private final List<Part> second;

    private Overlap(List<Part> first, List<Part> second) {
        this.first = first;
        this.second = second;
    }

    /** A key that both match, if there is one. */
    static Optional<String> of(KeyGlob first, KeyGlob second) {
        return new Overlap(first.parts(), second.parts()).find();
    }

    private record Step(int first, int second, String key) {}

    private Optional<String> find() {
        Deque<Step> open = new ArrayDeque<>(List.of(new Step(0, 0, "")));
        Set<List<Integer>> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Step at = open.remove();
            if (!seen.add(List.of(at.first(), at.second()))) {
                continue;
            }
            if (at.first() == first.size() && at.second() == second.size()) {
                return Optional.of(at.key());
            }
            if (repeats(first, at.first())) {
                open.add(new Step(at.first() + 1, at.second(), at.key()));
            }
            if (repeats(second, at.second())) {
                open.add(new Step(at.first(), at.second() + 1, at.key()));
            }
            if (at.first() < first.size() && at.second() < second.size()) {
                common(first.get(at.first()), second.get(at.second()))
                        .ifPresent(c -> open.add(new Step(
                                repeats(first, at.first()) ? at.first() : at.first() + 1,
                                repeats(second, at.second()) ? at.second() : at.second() + 1,
                                at.key() + Character.toString(c))));
            }
        }
        return Optional.empty();
    }

    private static boolean repeats(List<Part> parts, int at) {
        return at < parts.size() && (parts.get(at) == Part.Some.SOME || parts.get(at) == Part.All.ALL);
    }

    private static Optional<Integer> common(Part a, Part b) {
        int c = a instanceof Part.Exactly(int one) ? one : b instanceof Part.Exactly(int other) ? other : ANY;
        return takes(a, c) && takes(b, c) ? Optional.of(c) : Optional.empty();
    }

    private static boolean takes(Part part, int c) {
        return switch (part) {
            case Part.Exactly(int codePoint) -> codePoint == c;
            case Part.One _, Part.Some _ -> c != '/';
            case Part.All _ -> true;
        };
    }
}
