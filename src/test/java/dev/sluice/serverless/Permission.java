package dev.sluice.serverless;

/**
 * One action on one resource, as a role allows it or a function needs it.
 *
 * @param resource an ARN; in a role it may hold asterisks
 */
record Permission(String action, String resource) implements Comparable<Permission> {

    /** Whether a role with this permission may do that one. */
    boolean covers(Permission needed) {
        return action.equals(needed.action) && needed.resource.matches(pattern());
    }

    /** The action's service. */
    String service() {
        return action.replaceFirst(":.*", "");
    }

    /** IAM User Guide, "IAM JSON policy elements: Resource": an asterisk stands for any characters, slashes too. */
    private String pattern() {
        return "\\Q" + resource.replace("*", "\\E.*\\Q") + "\\E";
    }

    @Override
    public int compareTo(Permission other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return action + " on " + resource;
    }
}
