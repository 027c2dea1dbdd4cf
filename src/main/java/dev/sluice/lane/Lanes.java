package dev.sluice.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Items in lanes, one lane a key. Of each lane at most one item is taken at a time, so that the items of a key are
 * worked on one after the other, in the order in which they were added, while different keys go on side by side.
 *
 * <p>Not safe for use by several threads: the owner guards it.
 */
public final class Lanes<K, T> {

    private final Map<K, Lane<T>> lanes = new HashMap<>();
    private final Deque<Lane<T>> idle = new ArrayDeque<>();
    private int size;

    private static final class Lane<T> {
        private final Deque<T> items = new ArrayDeque<>(2);
        private boolean taken;

        private boolean waits() {
            return items.size() > (taken ? 1 : 0);
        }
    }

    /** Puts an item at the end of its key's lane. */
    public void add(K key, T item) {
        Lane<T> lane = lanes.get(key);
        if (lane == null) {
            lane = new Lane<>();
            lanes.put(key, lane);
            idle.add(lane);
        }
        lane.items.add(item);
        size++;
    }

    /** The item at the end of the key's lane, unless that is taken. */
    public Optional<T> waiting(K key) {
        Lane<T> lane = lanes.get(key);
        return lane != null && lane.waits() ? Optional.of(lane.items.getLast()) : Optional.empty();
    }

    /** Puts an item at the end of its key's lane, in place of the one that is there unless that was taken. */
    public Optional<T> replace(K key, T item) {
        Lane<T> lane = lanes.get(key);
        if (lane != null && lane.waits()) {
            T replaced = lane.items.removeLast();
            lane.items.add(item);
            return Optional.of(replaced);
        }
        add(key, item);
        return Optional.empty();
    }

    /** The first items of up to so many lanes that have none taken, longest waiting lane first. */
    public List<T> take(int most) {
        var taken = new ArrayList<T>(Math.min(most, idle.size()));
        while (taken.size() < most && !idle.isEmpty()) {
            Lane<T> lane = idle.remove();
            lane.taken = true;
            taken.add(lane.items.element());
        }
        return taken;
    }

    /** The taken item of the key is finished: the lane's next one may be taken. */
    public void done(K key) {
        Lane<T> lane = lane(key);
        lane.items.remove();
        lane.taken = false;
        size--;
        if (lane.items.isEmpty()) {
            lanes.remove(key);
        } else {
            idle.add(lane);
        }
    }

    /** The taken item of the key has to be tried again, before anything else of its lane. */
    public void again(K key) {
        again(lane(key));
    }

    /** The taken item of the key gives way to others, which come before anything else of its lane. */
    public void instead(K key, List<T> items) {
        Lane<T> lane = lane(key);
        lane.items.remove();
        items.reversed().forEach(lane.items::addFirst);
        size += items.size() - 1;
        again(lane);
    }

    private void again(Lane<T> lane) {
        lane.taken = false;
        idle.addFirst(lane);
    }

    private Lane<T> lane(K key) {
        Lane<T> lane = lanes.get(key);
        if (lane == null) {
            throw new IllegalStateException("Nothing of this key was taken.");
        }
        return lane;
    }

    /** How many lanes have an item to take. */
    public int ready() {
        return idle.size();
    }

    /** How many items are not finished, taken ones included. */
    public int size() {
        return size;
    }
}
