package dev.sluice.feed;

import dev.sluice.format.Format;
import dev.sluice.setting.Setting;
import dev.sluice.setting.SettingException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Checks what a feed's settings ask of records and objects. */
final class FeedRules {

    private static final Pattern LIMIT = Pattern.compile("([0-9]{1,18})|([0-9]{1,3}([.][0-9]{1,6})?)%");

    private static final long LEAST_RECORD = 4 * 1024;

    /** FastCSV holds no longer field. */
    private static final long MOST_RECORD = 16 * 1024 * 1024;

    private FeedRules() {}

    static Feed.Rules check(String feed, FeedSettings.Entry entry, Format format) {
        Feed.Rules usual = Feed.Rules.USUAL;
        return new Feed.Rules(
                types(feed, entry.types()),
                entry.transform() == null ? usual.transform() : entry.transform(),
                rejects(feed, entry.rejects()),
                (int) size(
                        feed,
                        "max-record-bytes",
                        entry.maxRecordBytes(),
                        usual.maxRecordBytes(),
                        LEAST_RECORD,
                        MOST_RECORD),
                size(feed, "max-object-bytes", entry.maxObjectBytes(), usual.maxObjectBytes(), 1, Long.MAX_VALUE),
                FeedSplit.check(feed, entry, format),
                FeedRows.check(feed, entry));
    }

    private static Map<String, ColumnType> types(String feed, @Nullable List<FeedSettings.Column> columns) {
        var types = new HashMap<String, ColumnType>();
        for (FeedSettings.Column entry : columns == null ? List.<FeedSettings.Column>of() : columns) {
            String column = entry.column() == null ? "" : entry.column();
            ColumnType type = Arrays.stream(ColumnType.values())
                    .filter(one -> one.word().equals(entry.type()))
                    .findFirst()
                    .orElseThrow(() -> new SettingException(
                            "The feed '%s' has the type '%s' for the column '%s': use string, number, boolean, timestamp or json."
                                    .formatted(feed, entry.type() == null ? "" : entry.type(), column)));
            if (column.isBlank() || types.put(column, type) != null) {
                throw new SettingException(
                        "The feed '%s' has a type for the column '%s', which is no name or has one already."
                                .formatted(feed, column));
            }
        }
        return types;
    }

    private static RejectPolicy rejects(String feed, FeedSettings.@Nullable Rejects rejects) {
        String policy = rejects == null || rejects.policy() == null ? "quarantine" : rejects.policy();
        String limit = rejects == null ? null : rejects.limit();
        return switch (policy) {
            case "quarantine" -> limit == null ? RejectPolicy.QUARANTINE : quarantine(feed, limit);
            case "fail" -> {
                if (limit != null) {
                    throw new SettingException(
                            "The feed '%s' has rejects.limit '%s', but with the policy fail the first reject is too many: remove it."
                                    .formatted(feed, limit));
                }
                yield RejectPolicy.FAIL;
            }
            default ->
                throw new SettingException(
                        "The feed '%s' has rejects.policy '%s': use quarantine or fail.".formatted(feed, policy));
        };
    }

    private static RejectPolicy quarantine(String feed, String limit) {
        Matcher form = LIMIT.matcher(limit);
        if (form.matches() && form.group(1) != null) {
            return new RejectPolicy(Long.parseLong(limit), BigDecimal.ONE);
        }
        BigDecimal share = form.matches() ? new BigDecimal(form.group(2)).movePointLeft(2) : BigDecimal.TWO;
        if (share.compareTo(BigDecimal.ONE) > 0) {
            throw new SettingException("The feed '%s' has rejects.limit '%s': use a count as 100, or a share as 5%%."
                    .formatted(feed, limit));
        }
        return new RejectPolicy(Long.MAX_VALUE, share);
    }

    private static long size(String feed, String name, @Nullable DataSize value, long usual, long least, long most) {
        if (value == null) {
            return usual;
        }
        Setting.range("%s of the feed '%s'".formatted(name, feed), value.toBytes(), least, most);
        return value.toBytes();
    }
}
