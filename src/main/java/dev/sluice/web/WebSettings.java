package dev.sluice.web;

import dev.sluice.setting.Required;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code sluice.bucket}.
 *
 * @param bucket where uploads land of feeds that name no bucket of their own
 */
@ConfigurationProperties("sluice")
record WebSettings(@Nullable String bucket) {

    String requiredBucket() {
        return Required.text(bucket, "sluice.bucket");
    }
}
