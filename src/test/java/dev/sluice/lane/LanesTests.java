package dev.sluice.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LanesTests {

    record Step(String key, int number) {}

    /** Whatever is added, taken, finished and tried again: one queue a key, of which at most the head is out. */
    @Property
    void lanesAreQueuesOfWhichOnlyTheHeadIsTaken(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int keys) {
        var random = new Random(seed);
        var lanes = new Lanes<String, Step>();
        Map<String, ArrayDeque<Step>> model = new HashMap<>();
        Set<String> out = new HashSet<>();
        int size = 0;
        for (int number = 0; number < 200; number++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    var step = new Step("k" + random.nextInt(keys), number);
                    lanes.add(step.key(), step);
                    model.computeIfAbsent(step.key(), _ -> new ArrayDeque<>()).add(step);
                    size++;
                }
                case 4 -> {
                    var step = new Step("k" + random.nextInt(keys), number);
                    ArrayDeque<Step> lane = model.computeIfAbsent(step.key(), _ -> new ArrayDeque<>());
                    boolean waits = lane.size() > (out.contains(step.key()) ? 1 : 0);
                    assertThat(lanes.replace(step.key(), step))
                            .isEqualTo(waits ? Optional.of(lane.removeLast()) : Optional.empty());
                    lane.add(step);
                    size += waits ? 0 : 1;
                }
                case 2 -> {
                    int most = random.nextInt(4);
                    List<Step> taken = lanes.take(most);
                    long free = model.values().stream()
                            .filter(lane -> !lane.isEmpty())
                            .filter(lane -> !out.contains(lane.element().key()))
                            .count();
                    assertThat(taken).hasSize((int) Math.min(most, free));
                    for (Step step : taken) {
                        assertThat(out.add(step.key())).isTrue();
                        assertThat(model.get(step.key())).first().isEqualTo(step);
                    }
                }
                default -> {
                    for (String key : List.copyOf(out)) {
                        out.remove(key);
                        if (random.nextInt(4) == 0) {
                            List<Step> parts = List.of(new Step(key, number), new Step(key, -number));
                            lanes.instead(key, parts);
                            ArrayDeque<Step> lane = model.getOrDefault(key, new ArrayDeque<>());
                            lane.remove();
                            parts.reversed().forEach(lane::addFirst);
                            size++;
                        } else if (random.nextBoolean()) {
                            lanes.done(key);
                            model.getOrDefault(key, new ArrayDeque<>()).remove();
                            size--;
                        } else {
                            lanes.again(key);
                        }
                    }
                }
            }
            assertThat(lanes.size()).isEqualTo(size);
        }
        assertThat(rest(lanes, out, model)).isEqualTo(size);
        assertThat(lanes.ready()).isZero();
    }

    private static int rest(Lanes<String, Step> lanes, Set<String> out, Map<String, ArrayDeque<Step>> model) {
        int finished = out.size();
        out.forEach(lanes::done);
        out.forEach(key -> model.getOrDefault(key, new ArrayDeque<>()).remove());
        for (List<Step> steps = lanes.take(2); !steps.isEmpty(); steps = lanes.take(2)) {
            for (Step step : steps) {
                assertThat(model.getOrDefault(step.key(), new ArrayDeque<>()).remove())
                        .isEqualTo(step);
                lanes.done(step.key());
                finished++;
            }
        }
        return finished;
    }

    @Test
    void theLongestWaitingLaneComesFirst() {
        var lanes = new Lanes<String, Integer>();
        for (int i = 0; i < 6; i++) {
            lanes.add("k" + i % 3, i);
        }
        assertThat(lanes.take(2)).containsExactly(0, 1);
        assertThat(lanes.ready()).isEqualTo(1);
        lanes.done("k0");
        assertThat(lanes.take(9)).containsExactly(2, 3);
        assertThat(lanes.take(9)).isEmpty();
    }

    @Test
    void whatIsTriedAgainComesBeforeEverythingElse() {
        var lanes = new Lanes<String, String>();
        lanes.add("a", "a1");
        lanes.add("a", "a2");
        lanes.add("b", "b1");
        var taken = new ArrayList<>(lanes.take(1));
        lanes.again("a");
        taken.addAll(lanes.take(2));
        assertThat(taken).containsExactly("a1", "a1", "b1");
    }

    @Test
    void whatWasNeverAddedCannotBeFinished() {
        assertThatIllegalStateException().isThrownBy(() -> new Lanes<String, String>().done("a"));
    }
}
