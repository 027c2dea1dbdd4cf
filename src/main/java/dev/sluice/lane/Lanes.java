package dev.sluice.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Items in lanes, one lane a key. Of each lane at most one item is taken at a time, so that the items of a key are
 * worked on one after the other, in the order in which they were added, while different keys go on side by side.
 *
 * <p>Not safe for use by several threads: the owner guards it.
 */
public final class Lanes<K, T> {

    private final Map<K, Deque<T>> lanes = new HashMap<>();
    private final Deque<K> idle = new ArrayDeque<>();
    private int size;

    /** Puts an item at the end of its key's lane. */
    public void add(K key, T item) {
        Deque<T> lane = lanes.get(key);
        if (lane == null) {
            lane = new ArrayDeque<>(2);
            lanes.put(key, lane);
            idle.add(key);
        }
        lane.add(item);
        size++;
    }

    /** The first items of up to so many lanes that have none taken, longest waiting lane first. */
    public List<T> take(int most) {
        var taken = new ArrayList<T>(Math.min(most, idle.size()));
        while (taken.size() < most && !idle.isEmpty()) {
            taken.add(lane(idle.remove()).element());
        }
        return taken;
    }

    /** The taken item of the key is finished: the lane's next one may be taken. */
    public void done(K key) {
        Deque<T> lane = lane(key);
        lane.remove();
        size--;
        if (lane.isEmpty()) {
            lanes.remove(key);
        } else {
            idle.add(key);
        }
    }

    /** The taken item of the key has to be tried again, before anything else of its lane. */
    public void again(K key) {
        idle.addFirst(key);
    }

    private Deque<T> lane(K key) {
        Deque<T> lane = lanes.get(key);
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
