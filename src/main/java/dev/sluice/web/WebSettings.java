package dev.sluice.web;

import dev.sluice.setting.Required;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code sluice.bucket}.
 *
 * @param bucket where uploads land of feeds that name no bucket of their own
 */
@ConfigurationProperties("sluice")
record WebSettings(String bucket) {

    WebSettings {
        Required.text(bucket, "sluice.bucket");
    }
}
