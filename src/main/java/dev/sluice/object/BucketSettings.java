package dev.sluice.object;

import dev.sluice.setting.Setting;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code sluice.bucket}.
 *
 * @param bucket where files land
 */
@ConfigurationProperties("sluice")
record BucketSettings(String bucket) {

    BucketSettings {
        Setting.required("sluice.bucket", bucket);
    }
}
