package dev.sluice.row;

import dev.sluice.setting.Required;
import dev.sluice.setting.SettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.rows}.
 *
 * @param table the rows table's name
 * @param partitions over how many partition keys a feed's rows are spread; fixed for a table once it holds rows
 * @param writers how many batches are written at the same time
 * @param heldBytes how many bytes of rows wait for being written before reading pauses
 */
@ConfigurationProperties("sluice.rows")
record RowSettings(
        String table,
        @DefaultValue("16") int partitions,
        @DefaultValue("8") int writers,
        @DefaultValue("8388608") long heldBytes) {

    RowSettings {
        Required.text(table, "sluice.rows.table");
        check("partitions", partitions, 100);
        check("writers", writers, 256);
        check("held-bytes", heldBytes, 1L << 30);
    }

    private static void check(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new SettingException(
                    "The setting sluice.rows.%s is %d: use a number from 1 to %d.".formatted(name, value, most));
        }
    }
}
