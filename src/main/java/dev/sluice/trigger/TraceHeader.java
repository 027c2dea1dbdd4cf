package dev.sluice.trigger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** X-Ray's trace header (AWS X-Ray Developer Guide, "Tracing header"), which Lambda hands to each call. */
final class TraceHeader {

    private static final Pattern ROOT = Pattern.compile("(?:^|;)\\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)");
    private static final Pattern PARENT = Pattern.compile("(?:^|;)\\s*Parent=([0-9a-f]{16})(?:;|$)");
    private static final Pattern SAMPLED = Pattern.compile("(?:^|;)\\s*Sampled=1(?:;|$)");
    private static final Pattern ZEROS = Pattern.compile("0*");

    private TraceHeader() {}

    /**
     * The same as a traceparent (W3C Trace Context). Without a parent, as in calls that are not sampled, X-Ray's header
     * names no place in the trace, and there is none.
     */
    static String traceparent(@Nullable String header) {
        if (header == null) {
            return "";
        }
        Matcher root = ROOT.matcher(header);
        Matcher parent = PARENT.matcher(header);
        if (!root.find() || !parent.find()) {
            return "";
        }
        String trace = root.group(1) + root.group(2);
        String span = parent.group(1);
        if (ZEROS.matcher(trace).matches() || ZEROS.matcher(span).matches()) {
            return "";
        }
        return "00-%s-%s-%s".formatted(trace, span, SAMPLED.matcher(header).find() ? "01" : "00");
    }
}
