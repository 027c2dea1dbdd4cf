package dev.sluice.row;

import dev.sluice.setting.Setting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.rows}.
 *
 * @param table the rows table's name
 * @param partitions over how many partition keys a feed's rows are spread; fixed for a table once it holds rows
 * @param writers how many batches are written at the same time
 * @param heldBytes how many bytes of rows wait for being written before reading pauses; more than the writers can send
 *     only makes the collector copy them
 * @param indexLag how long a row that was written may be missing in the index by which an object's rows are found
 */
@ConfigurationProperties("sluice.rows")
record RowSettings(
        String table,
        @DefaultValue("16") int partitions,
        @DefaultValue("48") int writers,
        @DefaultValue("1048576") long heldBytes,
        @DefaultValue("10s") Duration indexLag) {

    RowSettings {
        Setting.required("sluice.rows.table", table);
        Setting.range("sluice.rows.partitions", partitions, 1, 100);
        Setting.range("sluice.rows.writers", writers, 1, 256);
        Setting.range("sluice.rows.held-bytes", heldBytes, 1, 1L << 30);
        Setting.range("sluice.rows.index-lag in milliseconds", indexLag.toMillis(), 0, 900_000);
    }
}
