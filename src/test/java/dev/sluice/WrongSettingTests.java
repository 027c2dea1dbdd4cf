package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.NoCloud;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.NestedExceptionUtils;

/** A wrong setting stops the start with one sentence that names it. */
@ExtendWith(OutputCaptureExtension.class)
class WrongSettingTests {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    sluice.bucket=              ; The setting sluice.bucket is missing: set it, or the environment variable SLUICE_BUCKET.
                    sluice.rows.table=          ; The setting sluice.rows.table is missing: set it, or the environment variable SLUICE_ROWS_TABLE.
                    sluice.ledger.table=        ; The setting sluice.ledger.table is missing: set it, or the environment variable SLUICE_LEDGER_TABLE.
                    sluice.changes.stream=      ; The setting sluice.changes.stream is missing: set it, or the environment variable SLUICE_CHANGES_STREAM.
                    sluice.connections.table=   ; The setting sluice.connections.table is missing: set it, or the environment variable SLUICE_CONNECTIONS_TABLE.
                    sluice.rows.partitions=0    ; The setting sluice.rows.partitions is 0: use a number from 1 to 100.
                    sluice.store.bucket=        ; The setting sluice.store.bucket is missing: set it, or the environment variable SLUICE_STORE_BUCKET.
                    sluice.work.queue=          ; The setting sluice.work.queue is missing: set it, or the environment variable SLUICE_WORK_QUEUE.
                    sluice.accepts=s3,pigeon    ; The setting sluice.accepts names 'pigeon', but the triggers are [direct, eventbridge, http, kinesis, s3, sns, sqs, stream, websocket].
                    sluice.accept=s3            ; The setting sluice.accept is none that Sluice reads: correct its name or remove it.
                    SLUICE_AUTH=local           ; The setting SLUICE_AUTH is none that Sluice reads: correct its name or remove it.
                    sluice.access.client-id=page ; The setting sluice.access.issuer is missing: set it, or the environment variable SLUICE_ACCESS_ISSUER.
                    sluice.access.issuer=http://a.example.com ; The setting sluice.access.issuer is 'http://a.example.com': use the issuer's https address without query, exactly as in the tokens' iss.
                    SLUICE_INVOCABEL=health     ; The setting SLUICE_INVOCABEL is none that Sluice reads: correct its name or remove it.
                    sluice.invocable=health,nobody ; The setting sluice.invocable names 'nobody', but no bean of that name can be called directly.
                    spring.cloud.function.definition=triggerRoute ; The setting spring.cloud.function.definition names 'triggerRoute', but there is no function of that name: on Lambda it is triggerRouter.
                    spring.cloud.function.definition=s3Trigger ; The setting spring.cloud.function.definition names 's3Trigger', but there is no function of that name: on Lambda it is triggerRouter.
                    AWS_LAMBDA_FUNCTION_NAME=sluice ; The setting spring.cloud.function.definition is missing: on Lambda set the environment variable SPRING_CLOUD_FUNCTION_DEFINITION to triggerRouter.
                    sluice.web.body-bytes=0     ; The setting sluice.web.body-bytes is 0: use a number from 1 to 6291456.
                    sluice.web.base-path=tools  ; The setting sluice.web.base-path is 'tools': use a path like /tools, or leave it empty.
                    sluice.web.cors.origins=*   ; The setting sluice.web.cors.origins names '*': use origins like https://app.example.com, each exactly and in lower case.
                    sluice.consumers=nobody     ; The setting sluice.consumers names 'nobody', but the beans of type Consumer<ChangeEvent> are [liveTail, logSummary].
                    sluice.feeds[0].name=f sluice.feeds[0].match.key=* sluice.feeds[0].format=csv sluice.feeds[0].delimeter=, ; The feed 'f' has the delimeter ',', which is not known: docs/reading.md names the settings that are.
                    sluice.feeds[0].name=f sluice.feeds[0].match.key=* sluice.feeds[0].format=xml ; The feed 'f' has the format 'xml': use csv, tsv, ndjson, json or lines.
                    sluice.feeds[0].name=f sluice.feeds[0].match.key=* sluice.feeds[0].format=csv sluice.feeds[0].transform=nobody ; The feed 'f' has the transform 'nobody', but the beans of type Function<Row, Optional<Row>> are [].
                    """)
    void itsSentenceIsAllThatIsPrinted(String settings, String sentence, CapturedOutput output) {
        var arguments = new ArrayList<>(NoCloud.SETTINGS);
        for (String setting : settings.split(" ", -1)) {
            arguments.removeIf(right -> right.startsWith("--" + setting.substring(0, setting.indexOf('=') + 1)));
            arguments.add("--" + setting);
        }
        arguments.add("--spring.main.log-startup-info=false");

        assertThatThrownBy(() -> new SpringApplicationBuilder(SluiceApplication.class)
                        .web(WebApplicationType.NONE)
                        .run(arguments.toArray(String[]::new))
                        .close())
                .extracting(NestedExceptionUtils::getMostSpecificCause)
                .extracting(Throwable::getMessage)
                .isEqualTo(sentence);

        assertThat(output.getAll()).contains(sentence).doesNotContain("\tat ");
    }

    @Test
    void aListThatOneSourceHasAsAWholeAndAnotherItemByItemIsRead() {
        var arguments = new ArrayList<>(NoCloud.SETTINGS);
        arguments.add("--sluice.consumers=logSummary");
        new SpringApplicationBuilder(SluiceApplication.class)
                .web(WebApplicationType.NONE)
                .properties("sluice.consumers[0]=nobody")
                .run(arguments.toArray(String[]::new))
                .close();
    }

    @Test
    void whereNobodyHasToSignInOnlyThisMachineIsListenedTo() {
        var arguments = new ArrayList<>(NoCloud.SETTINGS);
        arguments.addAll(List.of("--server.port=0", "--server.address=0.0.0.0"));

        assertThatThrownBy(() -> new SpringApplicationBuilder(SluiceApplication.class)
                        .run(arguments.toArray(String[]::new))
                        .close())
                .extracting(NestedExceptionUtils::getMostSpecificCause)
                .extracting(Throwable::getMessage)
                .isEqualTo(
                        "The setting server.address is '0.0.0.0', where others could get in without being asked who they are: use 127.0.0.1, or set sluice.access.issuer.");
    }
}
