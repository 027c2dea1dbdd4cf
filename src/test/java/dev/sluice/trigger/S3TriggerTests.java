package dev.sluice.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.object.ObjectNotice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3TriggerTests {

    static final String TEST_EVENT = """
            {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-22T09:15:30.123Z","Bucket":"b",\
            "RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE"}""";

    private final Door door = new Door();

    @Test
    void theSampleNamesItsObject() {
        assertThat(door.notices(Door.sample("s3.json")).notices())
                .containsExactly(new ObjectNotice(
                        "sluice-files",
                        "subdivisions/subdivision-codes.csv",
                        Optional.of("096fKKXTRTtl3on89fVO.nfljtsv6qko"),
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b.csv,                   a/b.csv",
        "a+b.csv,                   a b.csv",
        "a%2Bb.csv,                 a+b.csv",
        "a%20b%25.csv,              a b%.csv",
        "%E6%97%A5%E6%9C%AC.csv,    日本.csv",
        "%F0%9F%98%80,              😀",
        "日本.csv,                  日本.csv",
        "a%2Fb%3D1%26c,             a/b=1&c",
        "a%0Ab,                     'a\nb'"
    })
    void keysAreDecoded(String encoded, String key) {
        assertThat(door.notices(event(record("b", encoded))).notices()).containsExactly(new ObjectNotice("b", key));
    }

    @Test
    void everyRecordIsANoticeInOrder() {
        assertThat(door.notices(event(record("b", "1") + "," + record("c", "2")))
                        .notices())
                .containsExactly(new ObjectNotice("b", "1"), new ObjectNotice("c", "2"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"versionId\":\"v\",\"eTag\":\"e\"',   v",
        "'\"eTag\":\"e\",\"versionId\":\"v\"',   v",
        "'\"eTag\":\"e\"',                       e",
        "'\"versionId\":null,\"eTag\":\"e\"',    e",
        "'\"versionId\":\"null\",\"eTag\":\"e\"', e",
        "'\"sequencer\":\"s\"',                  "
    })
    void aNoticeCarriesTheVersionElseTheETag(String fields, @Nullable String version) {
        String record = record("b", "k").replace("\"size\":1", fields);
        assertThat(door.notices(event(record)).notices().getFirst().version()).isEqualTo(Optional.ofNullable(version));
    }

    @Test
    void theTestMessageTellsOfNoObject() {
        assertThat(door.notices(TEST_EVENT).notices()).isEmpty();
    }

    @Test
    void whatIsUnreadFailsTheCallSoThatLambdaRepeatsIt() {
        door.unread = notice -> notice.key().equals("2");
        assertThatExceptionOfType(UnreadException.class)
                .isThrownBy(() -> door.send(event(record("b", "1") + "," + record("b", "2"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"eventSource\":\"aws:s3\"}",
                "{\"eventSource\":\"aws:s3\",\"s3\":null}",
                "{\"eventSource\":\"aws:s3\",\"s3\":\"secret\"}",
                "{\"eventSource\":\"aws:s3\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{}}}",
                "{\"eventSource\":\"aws:s3\",\"s3\":{\"bucket\":{\"name\":\"\"},\"object\":{\"key\":\"secret\"}}}",
                "{\"eventSource\":\"aws:s3\",\"s3\":{\"bucket\":{\"name\":[1]},\"object\":{\"key\":\"secret\"}}}",
                "{\"eventSource\":\"aws:s3\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"secret%zz\"}}}",
                "{\"eventSource\":\"aws:s3\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"secret%2\"}}}"
            })
    void aRecordThatNamesNoObjectIsRefused(String record) {
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send(event(record)))
                .withMessageNotContaining("secret");
    }

    @Test
    void aRecordOfAnotherSourceIsRefusedThoughItNamesAnObject() {
        String other = record("b", "secret").replace("aws:s3", "aws:other");
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> door.send(event(record("b", "1") + "," + other)))
                .withMessageNotContaining("secret");
        assertThat(door.given).isEmpty();
    }

    static String record(String bucket, String key) {
        return "{\"eventSource\":\"aws:s3\",\"s3\":{\"object\":{\"size\":1,\"key\":\"%s\"},\"bucket\":{\"arn\":\"x\",\"name\":\"%s\"}}}"
                .formatted(key, bucket);
    }

    static String event(String records) {
        return "{\"Records\":[" + records + "]}";
    }
}
