package dev.sluice.store;

import dev.sluice.setting.Setting;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code sluice.store}.
 *
 * @param bucket the store bucket's name
 */
@ConfigurationProperties("sluice.store")
record StoreSettings(String bucket) {

    StoreSettings {
        Setting.required("sluice.store.bucket", bucket);
    }
}
