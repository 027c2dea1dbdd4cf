package dev.sluice.object;

import java.util.List;

/** As JSON: {@code {"notices":[{"bucket":"b","key":"orders/a.csv"}]}}. */
public record ObjectNotices(List<ObjectNotice> notices) {

    public ObjectNotices {
        notices = List.copyOf(notices);
    }
}
