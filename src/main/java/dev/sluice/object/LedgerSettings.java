package dev.sluice.object;

import dev.sluice.setting.Required;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code sluice.ledger}.
 *
 * @param table the ledger table's name
 */
@ConfigurationProperties("sluice.ledger")
record LedgerSettings(@Nullable String table) {

    String requiredTable() {
        return Required.text(table, "sluice.ledger.table");
    }
}
