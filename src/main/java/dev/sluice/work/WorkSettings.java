package dev.sluice.work;

import dev.sluice.setting.Setting;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code sluice.work}.
 *
 * @param queue the work queue's URL
 */
@ConfigurationProperties("sluice.work")
record WorkSettings(String queue) {

    WorkSettings {
        Setting.required("sluice.work.queue", queue);
    }
}
