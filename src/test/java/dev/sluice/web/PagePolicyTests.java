package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.AccessConfiguration;
import dev.sluice.aws.AwsConfiguration;
import dev.sluice.feed.FeedConfiguration;
import dev.sluice.live.LiveConfiguration;
import dev.sluice.local.LocalIssuer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

/** Whom the page may talk to. Signing an upload needs a region and any credentials, but no network. */
class PagePolicyTests {

    private static final String BUCKETS = "https://files.s3.amazonaws.com https://own.s3.amazonaws.com";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(
                    AwsConfiguration.class, FeedConfiguration.class, LiveConfiguration.class, AccessConfiguration.class)
            .withBean(JsonMapper.class, JsonMapper::shared)
            .withBean(WebSettings.class, () -> new WebSettings("files"))
            .withBean(PagePolicy.class)
            .withSystemProperties("aws.region=us-east-1", "aws.accessKeyId=id", "aws.secretAccessKey=secret")
            .withPropertyValues(
                    "sluice.connections.table=connections",
                    "sluice.feeds[0].name=orders",
                    "sluice.feeds[0].match.key=in/*.csv",
                    "sluice.feeds[0].format=csv",
                    "sluice.feeds[1].name=own",
                    "sluice.feeds[1].match.bucket=own",
                    "sluice.feeds[1].match.key=own/*.ndjson",
                    "sluice.feeds[1].format=ndjson");

    @Test
    void itselfAndTheBuckets() {
        assertConnects("'self' " + BUCKETS);
    }

    @Test
    void nothingElse() {
        runner.run(context -> assertThat(context.getBean(PagePolicy.class).text())
                .isEqualTo(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' %s; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
                        BUCKETS));
    }

    @Test
    void theIssuerThatChangesCodesForTokens() {
        try (var issuer = LocalIssuer.start()) {
            assertConnects("'self' " + BUCKETS + " " + issuer.name(), settings(issuer));
        }
    }

    @Test
    void thePageIsShownWhileTheIssuerCannotBeAsked() {
        try (var issuer = LocalIssuer.start()) {
            issuer.down(true);
            assertConnects("'self' " + BUCKETS, settings(issuer));
        }
    }

    @Test
    void whereChangesAreToldIfThatIsAnotherHost() {
        assertConnects("'self' " + BUCKETS + " wss://live.example.com", "sluice.live.url=wss://live.example.com/dev");
    }

    private static String[] settings(LocalIssuer issuer) {
        return issuer.settings().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    private void assertConnects(String origins, String... settings) {
        runner.withPropertyValues(settings).run(context -> {
            String policy = context.getBean(PagePolicy.class).text();

            assertThat(policy)
                    .contains("; connect-src " + origins + ";")
                    .startsWith("default-src 'none'; script-src 'self';")
                    .doesNotContain("unsafe", "*", "data:");
        });
    }
}
