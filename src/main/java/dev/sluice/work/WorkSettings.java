package dev.sluice.work;

import dev.sluice.setting.Setting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.work}.
 *
 * @param queue the work queue's URL
 * @param letters the URL of the queue of dead letters to send again; without one they go into the work queue, whose function
 *     then has to be able to do what any of them asks for
 */
@ConfigurationProperties("sluice.work")
record WorkSettings(String queue, @DefaultValue("") String letters) {

    WorkSettings {
        Setting.required("sluice.work.queue", queue);
    }
}
