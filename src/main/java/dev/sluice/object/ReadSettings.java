package dev.sluice.object;

import dev.sluice.setting.Setting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.read}.
 *
 * @param maxRecordBytes a longer record is rejected without being held
 */
@ConfigurationProperties("sluice.read")
record ReadSettings(@DefaultValue("1048576") int maxRecordBytes) {

    /** FastCSV holds no longer field. */
    private static final int MOST = 16 * 1024 * 1024;

    private static final int LEAST = 4 * 1024;

    ReadSettings {
        Setting.range("sluice.read.max-record-bytes", maxRecordBytes, LEAST, MOST);
    }
}
