package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ChildIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    static final class Broken {

        public static void main(String[] args) {
            Lifeline.serve(() -> {
                throw new IOException("the disk is on fire");
            });
        }
    }

    static final class Silent {

        public static void main(String[] args) throws InterruptedException {
            System.out.println("still thinking");
            Thread.currentThread().join();
        }
    }

    /** Repeats what it is told. */
    static final class Echo {

        public static void main(String[] args) {
            Lifeline.serve(() -> 4711, Lifeline::note, () -> {});
        }
    }

    @Test
    void aChildThatCannotStartSaysWhy() {
        try (var child = child(Broken.class)) {
            assertThatThrownBy(() -> child.awaitPort(LIMIT))
                    .hasMessageContaining("ended before it was ready")
                    .hasMessageContaining("the disk is on fire");
        }
    }

    @Test
    void waitingHasAnEnd() {
        try (var child = child(Silent.class)) {
            await().until(() -> child.tail().contains("still thinking"));
            assertThatThrownBy(() -> child.awaitPort(Duration.ofMillis(50)))
                    .hasMessageContaining("was not ready")
                    .hasMessageContaining("still thinking");
        }
    }

    @Test
    void aChildIsToldThingsAndSaysThings() {
        var notes = new CopyOnWriteArrayList<String>();
        try (var child = Child.start("Echo", Echo.class, List.of(), List.of(), notes::add)) {
            assertThat(child.awaitPort(LIMIT)).isEqualTo(4711);
            child.tell("hello");

            await().until(() -> notes.contains("Echo: hello"));
        }
    }

    @Test
    void closingEndsIt() {
        var child = child(Echo.class);
        child.awaitPort(LIMIT);

        child.close();

        assertThat(child.isAlive()).isFalse();
    }

    private static Child child(Class<?> main) {
        return Child.start(main.getSimpleName(), main, List.of(), List.of(), _ -> {});
    }
}
