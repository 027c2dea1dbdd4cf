package dev.sluice.web;

import dev.sluice.setting.Setting;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code sluice.bucket}.
 *
 * @param bucket where uploads land of feeds that name no bucket of their own
 */
@ConfigurationProperties("sluice")
record WebSettings(String bucket) {

    WebSettings {
        Setting.required("sluice.bucket", bucket);
    }
}
