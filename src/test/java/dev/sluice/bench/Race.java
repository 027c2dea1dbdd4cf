package dev.sluice.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tasks that take turns, so that whatever else the machine does hits all of them alike. */
public final class Race {

    private static final int WARM_UPS = 8;
    private static final int ROUNDS = 7;

    private final LongSupplier nanos;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    /** What is measured. */
    public interface Task {

        /** Runs and answers what it has seen; every task of a race has to see the same. */
        long run() throws Exception;
    }

    private Race(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** For tasks of one thread: exact to the nanosecond, without the collector's and the compilers' threads. */
    public static Race byThreadCpu() {
        return new Race(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
    }

    /** For tasks of several threads: exact to 10 ms, everything that the JVM does. */
    public static Race byProcessCpu() {
        return new Race(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getProcessCpuTime);
    }

    public static Race byWallClock() {
        return new Race(System::nanoTime);
    }

    public Race add(String name, Task task) {
        tasks.put(name, task);
        return this;
    }

    /** Warms up, then measures; every other round in the opposite order. */
    public Race run() throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            round(new ArrayList<>(tasks.keySet()));
        }
        seconds.clear();
        for (int i = 0; i < ROUNDS; i++) {
            var order = new ArrayList<>(tasks.keySet());
            round(i % 2 == 0 ? order : order.reversed());
        }
        return this;
    }

    private void round(List<String> order) throws Exception {
        var seen = new LinkedHashMap<String, Long>();
        for (String name : order) {
            Task task = task(name);
            long before = nanos.getAsLong();
            seen.put(name, task.run());
            long after = nanos.getAsLong();
            seconds.computeIfAbsent(name, _ -> new ArrayList<>()).add((after - before) / 1e9);
        }
        if (seen.values().stream().distinct().count() != 1) {
            throw new IllegalStateException("The tasks have not done the same: " + seen);
        }
    }

    private Task task(String name) {
        Task task = tasks.get(name);
        if (task == null) {
            throw new IllegalArgumentException(name);
        }
        return task;
    }

    /** What a task took, round by round. */
    public Samples seconds(String name) {
        return new Samples(seconds.getOrDefault(name, List.of()));
    }
}
