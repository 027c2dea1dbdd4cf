package dev.sluice.change;

import dev.sluice.setting.Setting;
import dev.sluice.setting.SettingException;
import java.util.regex.Pattern;
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
 * @param batchBytes the most bytes of a record with several changes; with 0 each change is a record of its own
 * @param dropBefore whether an event over {@code recordBytes} goes without {@code before} if it fits then
 */
@ConfigurationProperties("sluice.changes")
record ChangeSettings(
        String stream,
        @DefaultValue("/sluice") String source,
        @DefaultValue("500") int requestRecords,
        @DefaultValue("5242880") int requestBytes,
        @DefaultValue("1048576") int recordBytes,
        @DefaultValue("262144") int batchBytes,
        @DefaultValue("false") boolean dropBefore) {

    /** Amazon Kinesis Data Streams API Reference, PutRecords. */
    private static final Pattern STREAM = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    ChangeSettings {
        Setting.required("sluice.changes.stream", stream);
        // Kinesis would call every request invalid, and that is how it tells of a record at fault.
        if (!STREAM.matcher(stream).matches()) {
            throw new SettingException(
                    "The setting sluice.changes.stream is '%s': a Kinesis stream's name has up to 128 letters, digits, '_', '.' and '-'."
                            .formatted(stream));
        }
        Setting.range("sluice.changes.request-records", requestRecords, 1, 500);
        Setting.range("sluice.changes.request-bytes", requestBytes, 1 << 20, 10 << 20);
        Setting.range("sluice.changes.record-bytes", recordBytes, 1 << 16, 10 << 20);
        if (recordBytes > requestBytes) {
            throw new SettingException(
                    "The setting sluice.changes.record-bytes is %d, more than sluice.changes.request-bytes with %d: a record has to fit into a request."
                            .formatted(recordBytes, requestBytes));
        }
        if (batchBytes < 0 || batchBytes > recordBytes) {
            throw new SettingException(
                    "The setting sluice.changes.batch-bytes is %d: use a number from 0 to sluice.changes.record-bytes with %d."
                            .formatted(batchBytes, recordBytes));
        }
    }
}
