package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.AwsConfiguration;
import dev.sluice.feed.FeedConfiguration;
import dev.sluice.feed.Feeds;
import dev.sluice.value.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signing needs a region and any credentials, but no network. */
class UploadObjectTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(AwsConfiguration.class, FeedConfiguration.class)
            .withSystemProperties("aws.region=us-east-1", "aws.accessKeyId=id", "aws.secretAccessKey=secret")
            .withPropertyValues(
                    "sluice.feeds[0].name=special",
                    "sluice.feeds[0].match.bucket=files",
                    "sluice.feeds[0].match.key=vip/*.csv",
                    "sluice.feeds[0].format=csv",
                    "sluice.feeds[1].name=orders",
                    "sluice.feeds[1].match.bucket=files",
                    "sluice.feeds[1].match.key=in/*.csv",
                    "sluice.feeds[1].format=csv",
                    "sluice.feeds[1].max-object-bytes=2KB",
                    "sluice.feeds[2].name=own",
                    "sluice.feeds[2].match.bucket=own-bucket",
                    "sluice.feeds[2].match.key=**",
                    "sluice.feeds[2].format=ndjson");

    @Test
    void aPermissionIsForThatKeyAndSizeOnly() {
        upload("{\"feed\":\"orders\",\"name\":\"a b.csv\",\"size\":1234}", permission -> {
            assertThat(permission.path("method").stringValue()).isEqualTo("PUT");
            assertThat(permission.path("bucket").stringValue()).isEqualTo("files");
            assertThat(permission.path("key").stringValue()).isEqualTo("in/a b.csv");
            assertThat(permission.path("url").stringValue())
                    .contains(
                            "/in/a%20b.csv?",
                            "X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost", "X-Amz-Expires=900")
                    .doesNotContain("secret");
            assertThat(permission.path("headers").toString())
                    .isEqualTo("{\"content-length\":\"1234\",\"content-type\":\"application/octet-stream\"}");
        });
    }

    /** What S3 does with the PUT: it makes the signature anew of what was sent. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PUT  | /in/a%20b.csv | 1234 | text/csv   | true
                    POST | /in/a%20b.csv | 1234 | text/csv   | false
                    PUT  | /in/a%20c.csv | 1234 | text/csv   | false
                    PUT  | /in/a%20b.csv | 1235 | text/csv   | false
                    PUT  | /in/a%20b.csv | 1234 | text/plain | false
                    """)
    void itsSignatureFitsThatKeySizeAndTypeOnly(String method, String key, String size, String type, boolean fits) {
        upload("{\"feed\":\"orders\",\"name\":\"a b.csv\",\"size\":1234,\"type\":\"text/csv\"}", permission -> {
            assertThat(permission.path("headers").toString())
                    .isEqualTo("{\"content-length\":\"1234\",\"content-type\":\"text/csv\"}");
            URI url = URI.create(permission.path("url").stringValue());
            assertThat(url.getRawPath()).isEqualTo("/in/a%20b.csv");
            String headers = "content-length:%s\ncontent-type:%s\nhost:%s\n".formatted(size, type, url.getHost());
            assertThat(url.getRawQuery()
                            .contains("X-Amz-Signature=" + signature(method, key, url.getRawQuery(), headers)))
                    .isEqualTo(fits);
        });
    }

    /** AWS Signature Version 4 by query parameters (Amazon S3 API Reference, "Authenticating Requests"). */
    private static String signature(String method, String path, String query, String headers) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : query.split("&", -1)) {
            parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        parameters.remove("X-Amz-Signature");
        String request = String.join(
                "\n",
                method,
                path,
                parameters.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("&")),
                headers,
                "content-length;content-type;host",
                "UNSIGNED-PAYLOAD");
        String time = parameters.getOrDefault("X-Amz-Date", "");
        List<String> scope = List.of(time.substring(0, 8), "us-east-1", "s3", "aws4_request");
        byte[] key = "AWS4secret".getBytes(StandardCharsets.UTF_8);
        for (String part : scope) {
            key = hmac(key, part);
        }
        String text = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                time,
                String.join("/", scope),
                HexFormat.of().formatHex(Sha256.of(request)));
        return HexFormat.of().formatHex(hmac(key, text));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFeedsOwnBucketIsTaken() {
        upload("{\"feed\":\"own\",\"name\":\"x/y\",\"size\":1}", permission -> assertThat(
                        permission.path("bucket").stringValue())
                .isEqualTo("own-bucket"));
    }

    @Test
    void fiveGibibytesAreTheMostOfOnePut() {
        upload("{\"feed\":\"own\",\"name\":\"x\",\"size\":5368709120}", permission -> assertThat(permission.has("url"))
                .isTrue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                              | 400 | The body is missing; it has to be JSON.
                    {                                               | 400 | The body is not valid JSON.
                    null                                            | 422 | The body is not the JSON that this route takes.
                    []                                              | 422 | The body is not the JSON that this route takes.
                    "x"                                             | 422 | The body is not the JSON that this route takes.
                    {"feed":"orders","name":"a.csv","size":"many"}  | 422 | The body is not the JSON that this route takes.
                    """)
    void aBodyThatIsNoUploadIsRefused(String body, int status, String detail) {
        assertProblem(body, status, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                "\"x\"      | \"a.csv\"       | 1          | feed has to name a feed.",
                "null       | \"a.csv\"       | 1          | feed has to name a feed.",
                "\"orders\" | \"a.csv\"       | 0          | size has to be the file's bytes, from 1 to 2048.",
                "\"orders\" | \"a.csv\"       | -1         | size has to be the file's bytes, from 1 to 2048.",
                "\"orders\" | \"a.csv\"       | 2049       | size has to be the file's bytes, from 1 to 2048.",
                "\"own\"    | \"a.csv\"       | 5368709121 | size has to be the file's bytes, from 1 to 5368709120.",
                "\"orders\" | null            | 1          | name has to make a key like 'in/*.csv'.",
                "\"orders\" | \"\"            | 1          | name has to make a key like 'in/*.csv'.",
                "\"orders\" | \"a.txt\"       | 1          | name has to make a key like 'in/*.csv'.",
                "\"orders\" | \"x/a.csv\"     | 1          | name has to make a key like 'in/*.csv'.",
                "\"own\"    | \"x/\"          | 1          | name has to make a key like '**'."
            })
    void anUploadThatWouldNotBecomeTheFeedsIsRefused(String feed, String name, String size, String detail) {
        assertProblem("{\"feed\":%s,\"name\":%s,\"size\":%s}".formatted(feed, name, size), 422, detail);
    }

    @Test
    void aKeyHasUpTo1024Bytes() {
        String name = "é".repeat(512);
        upload(
                "{\"feed\":\"own\",\"name\":\"%s\",\"size\":1}".formatted(name),
                permission -> assertThat(permission.path("key").stringValue()).isEqualTo(name));
        assertProblem(
                "{\"feed\":\"own\",\"name\":\"%s\",\"size\":1}".formatted(name + "a"),
                422,
                "name has to make a key like '**'.");
    }

    private void assertProblem(String body, int status, String detail) {
        runner.run(context -> {
            Problem problem = catchThrowableOfType(
                    Problem.class, () -> bean(context.getBean(AwsClients.class), context.getBean(Feeds.class))
                            .apply(request(body)));
            assertThat(problem).hasMessage(detail);
            assertThat(problem.details().status()).isEqualTo(status);
        });
    }

    private void upload(String body, Consumer<JsonNode> check) {
        runner.run(context -> {
            WebResponse response = bean(context.getBean(AwsClients.class), context.getBean(Feeds.class))
                    .apply(request(body));
            assertThat(response.status()).isEqualTo(200);
            check.accept(JsonMapper.shared().readTree(response.body()));
        });
    }

    private static UploadObject bean(AwsClients aws, Feeds feeds) {
        return new UploadObject(aws, feeds, new WebSettings("files"), new Replies(JsonMapper.shared()));
    }

    private static WebRequest request(String body) {
        return new WebRequest("POST", "/api/objects", null, null, null, body);
    }
}
