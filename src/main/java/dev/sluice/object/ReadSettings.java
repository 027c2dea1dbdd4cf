package dev.sluice.object;

import dev.sluice.setting.SettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.read}.
 *
 * @param maxRecordBytes a longer record is rejected without being held
 */
@ConfigurationProperties("sluice.read")
record ReadSettings(@DefaultValue("1048576") int maxRecordBytes) {

    private static final int LEAST = 4 * 1024;
    private static final int MOST = 64 * 1024 * 1024;

    ReadSettings {
        if (maxRecordBytes < LEAST || maxRecordBytes > MOST) {
            throw new SettingException("The setting sluice.read.max-record-bytes is %d: use a number from %d to %d."
                    .formatted(maxRecordBytes, LEAST, MOST));
        }
    }
}
