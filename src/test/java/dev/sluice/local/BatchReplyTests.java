package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">success
 * and failure conditions</a>, which is the same for
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">queues</a>.
 */
class BatchReplyTests {

    @ParameterizedTest(name = "{0}: {2} of 4 done")
    @CsvSource(delimiter = '|', textBlock = """
            an empty reply         |                                                                        | 4
            a null reply           | null                                                                   | 4
            an empty object        | {}                                                                     | 4
            an empty list          | {"batchItemFailures":[]}                                               | 4
            a null list            | {"batchItemFailures":null}                                             | 4
            the third record       | {"batchItemFailures":[{"itemIdentifier":"30"}]}                        | 2
            the lowest of several  | {"batchItemFailures":[{"itemIdentifier":"40"},{"itemIdentifier":"20"}]}| 1
            the first record       | {"batchItemFailures":[{"itemIdentifier":"10"}]}                        | 0
            an empty identifier    | {"batchItemFailures":[{"itemIdentifier":""}]}                          | 0
            a null identifier      | {"batchItemFailures":[{"itemIdentifier":null}]}                        | 0
            a misspelled key       | {"batchItemFailures":[{"itemIdentifer":"30"}]}                         | 0
            an unknown identifier  | {"batchItemFailures":[{"itemIdentifier":"30"},{"itemIdentifier":"7"}]} | 0
            a list that is none    | {"batchItemFailures":"30"}                                             | 0
            a text                 | "Done"                                                                 | 0
            no JSON                | Done                                                                   | 0
            """)
    void saysHowManyRecordsAreDone(String name, @Nullable String reply, int done) {
        assertThat(BatchReply.done(reply == null ? "" : reply, List.of("10", "20", "30", "40")))
                .as(name)
                .isEqualTo(done);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            an empty reply         |                                                                        | -
            a null reply           | null                                                                   | -
            an empty list          | {"batchItemFailures":[]}                                               | -
            some messages          | {"batchItemFailures":[{"itemIdentifier":"c"},{"itemIdentifier":"a"}]}  | a c
            an empty identifier    | {"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":""}]}   | a b c
            an unknown identifier  | {"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"7"}]}  | a b c
            no JSON                | Done                                                                   | a b c
            """)
    void saysWhichMessagesHaveFailed(String name, @Nullable String reply, String failed) {
        assertThat(BatchReply.failed(reply == null ? "" : reply, List.of("a", "b", "c")))
                .as(name)
                .containsExactlyInAnyOrder(failed.equals("-") ? new String[0] : failed.split(" "));
    }
}
