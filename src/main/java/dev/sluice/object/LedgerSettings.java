package dev.sluice.object;

import dev.sluice.setting.Setting;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code sluice.ledger}.
 *
 * @param table the ledger table's name
 */
@ConfigurationProperties("sluice.ledger")
record LedgerSettings(String table) {

    LedgerSettings {
        Setting.required("sluice.ledger.table", table);
    }
}
