package dev.sluice.serverless;

/**
 * A call of AWS that a bean has made.
 *
 * @param operation as the service's API calls it; of an object with a version's id, {@code Version} follows
 * @param resource what it was about, without what differs from one deployment to the next: {@code rows},
 *     {@code rows/index/bySource}, {@code store}, {@code store/letters/x}
 */
record Call(String bean, String service, String operation, String resource) implements Comparable<Call> {

    @Override
    public int compareTo(Call other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return String.join("\t", bean, service, operation, resource);
    }
}
