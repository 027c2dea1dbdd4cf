package dev.sluice.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LastSequencesTests {

    /** A key's changes in order, after each of them copies of any earlier ones: what is new is each change once. */
    @Property
    void copiesAndLateOnesAreNotNew(@ForAll long seed) {
        var random = new Random(seed);
        var last = new LastSequences(new HashMap<>());
        Map<String, List<Integer>> seen = new HashMap<>();
        Map<String, Integer> sent = new HashMap<>();
        for (int step = 0; step < 300; step++) {
            String subject = "feed/" + random.nextInt(4);
            int next = sent.merge(subject, 1, Integer::sum);
            for (int number : new int[] {next, 1 + random.nextInt(next), next, 1 + random.nextInt(next)}) {
                String sequence = "%040d".formatted(number);
                if (last.isNew("/sluice", subject, sequence)) {
                    seen.computeIfAbsent(subject, _ -> new ArrayList<>()).add(number);
                    last.seen("/sluice", subject, sequence);
                }
            }
        }
        sent.forEach((subject, count) -> assertThat(seen.get(subject))
                .isEqualTo(IntStream.rangeClosed(1, count).boxed().toList()));
    }

    @Test
    void whatIsNotDealtWithStaysNew() {
        var last = new LastSequences(new HashMap<>());
        assertThat(last.isNew("/sluice", "feed/k", "1")).isTrue();
        assertThat(last.isNew("/sluice", "feed/k", "1")).isTrue();
        last.seen("/sluice", "feed/k", "1");
        assertThat(last.isNew("/sluice", "feed/k", "1")).isFalse();
    }

    @Test
    void theSameKeyOfAnotherSourceIsAnotherKey() {
        var last = new LastSequences(new HashMap<>());
        last.seen("/a", "feed/k", "9");
        assertThat(last.isNew("/b", "feed/k", "1")).isTrue();
    }

    @Test
    void theCallersMapIsTheMemory() {
        Map<String, String> two = new LinkedHashMap<>(4, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > 2;
            }
        };
        new LastSequences(two).seen("/s", "feed/a", "1");
        var last = new LastSequences(two);
        assertThat(last.isNew("/s", "feed/a", "1")).isFalse();
        last.seen("/s", "feed/b", "1");
        assertThat(last.isNew("/s", "feed/a", "1")).isFalse();
        last.seen("/s", "feed/c", "1");
        assertThat(two).hasSize(2);
        assertThat(last.isNew("/s", "feed/b", "1")).isTrue();
        assertThat(last.isNew("/s", "feed/a", "1")).isFalse();
    }
}
