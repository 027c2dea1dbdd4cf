package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.AwsConfiguration;
import dev.sluice.feed.FeedConfiguration;
import dev.sluice.feed.Feeds;
import java.util.function.Consumer;
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
                    .contains("/in/a%20b.csv?", "X-Amz-SignedHeaders=content-length%3Bhost", "X-Amz-Expires=900")
                    .doesNotContain("secret");
            assertThat(permission.path("headers").toString()).isEqualTo("{\"content-length\":\"1234\"}");
        });
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
                "\"orders\" | \"a.csv\"       | 0          | size has to be the file's bytes, from 1 to 5368709120.",
                "\"orders\" | \"a.csv\"       | -1         | size has to be the file's bytes, from 1 to 5368709120.",
                "\"orders\" | \"a.csv\"       | 5368709121 | size has to be the file's bytes, from 1 to 5368709120.",
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
