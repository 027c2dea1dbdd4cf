package dev.sluice.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several queries at once. */
public final class Queries {

    private Queries() {}

    /** A query was not answered. */
    public static final class UnansweredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnansweredException(Exception cause) {
            super("A query of a table was not answered.", cause);
        }
    }

    /**
     * Asks them all side by side and puts their answers one behind the other.
     *
     * @throws UnansweredException if one of them is not answered
     */
    public static <T> List<T> all(List<Callable<List<T>>> queries) {
        return queries.size() == 1 ? one(queries.getFirst()) : several(queries);
    }

    private static <T> List<T> one(Callable<List<T>> query) {
        try {
            return new ArrayList<>(query.call());
        } catch (Exception e) {
            throw new UnansweredException(e);
        }
    }

    private static <T> List<T> several(List<Callable<List<T>>> queries) {
        var all = new ArrayList<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<T>> answer : threads.invokeAll(queries)) {
                all.addAll(answer.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new UnansweredException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnansweredException(e);
        }
    }
}
