package dev.sluice.live;

import dev.sluice.setting.Setting;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code sluice.connections}.
 *
 * @param table the connections table's name
 */
@ConfigurationProperties("sluice.connections")
record ConnectionSettings(String table) {

    ConnectionSettings {
        Setting.required("sluice.connections.table", table);
    }
}
