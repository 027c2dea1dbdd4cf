package dev.sluice.change;

import dev.sluice.setting.Setting;
import dev.sluice.setting.SettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.changes}. The limits' defaults are those of the Amazon Kinesis Data Streams API Reference, PutRecords;
 * a request may hold 10 MiB by now, 5 MiB is what every endpoint takes.
 *
 * @param stream the Kinesis stream's name
 * @param source what change events name as their source
 * @param requestRecords the most records of a request
 * @param requestBytes the most bytes of a request, partition keys included
 * @param recordBytes the most bytes of a record, its partition key included
 */
@ConfigurationProperties("sluice.changes")
record ChangeSettings(
        String stream,
        @DefaultValue("/sluice") String source,
        @DefaultValue("500") int requestRecords,
        @DefaultValue("5242880") int requestBytes,
        @DefaultValue("1048576") int recordBytes) {

    ChangeSettings {
        Setting.required("sluice.changes.stream", stream);
        Setting.range("sluice.changes.request-records", requestRecords, 1, 500);
        Setting.range("sluice.changes.request-bytes", requestBytes, 1 << 20, 10 << 20);
        Setting.range("sluice.changes.record-bytes", recordBytes, 1 << 16, 10 << 20);
        if (recordBytes > requestBytes) {
            throw new SettingException(
                    "The setting sluice.changes.record-bytes is %d, more than sluice.changes.request-bytes with %d: a record has to fit into a request."
                            .formatted(recordBytes, requestBytes));
        }
    }
}
