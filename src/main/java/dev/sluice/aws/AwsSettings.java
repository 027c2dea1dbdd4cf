package dev.sluice.aws;

import dev.sluice.setting.Setting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.aws}.
 *
 * @param callTimeout how long one call of an AWS service may take, its retries included
 */
@ConfigurationProperties("sluice.aws")
record AwsSettings(@DefaultValue("30s") Duration callTimeout) {

    AwsSettings {
        Setting.range("sluice.aws.call-timeout in milliseconds", callTimeout.toMillis(), 300, 300_000);
    }
}
