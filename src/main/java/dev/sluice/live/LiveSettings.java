package dev.sluice.live;

import dev.sluice.setting.Setting;
import dev.sluice.setting.SettingException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.live}.
 *
 * @param endpoint where messages to connections are sent, the WebSocket API's {@code @connections} API without that part;
 *     empty for the local server's own, and on Lambda for none
 * @param url where clients connect; empty for {@code /live} of the host that they have the ticket from
 * @param linger how long the processor waits at the end of a batch for messages that are still to be sent
 */
@ConfigurationProperties("sluice.live")
record LiveSettings(
        @DefaultValue("") String endpoint,
        @DefaultValue("") String url,
        @DefaultValue("0ms") Duration linger) {

    private static final String HOST = "[A-Za-z0-9.-]+(:[0-9]{1,5})?";
    private static final String HERE = "(127\\.0\\.0\\.1|localhost)(:[0-9]{1,5})?";
    private static final String PATH = "(/[A-Za-z0-9._~$-]+)*";

    LiveSettings {
        address("sluice.live.endpoint", endpoint, "http");
        address("sluice.live.url", url, "ws");
        Setting.range("sluice.live.linger in milliseconds", linger.toMillis(), 0, 10_000);
    }

    /** In clear text to this machine only. */
    private static void address(String name, String value, String scheme) {
        if (!value.matches("(%ss://%s|%s://%s)%s|".formatted(scheme, HOST, scheme, HERE, PATH))) {
            throw new SettingException(
                    "The setting %s is '%s': use an address like %ss://live.example.com/dev, or leave it empty."
                            .formatted(name, value, scheme));
        }
    }
}
