package dev.sluice.web;

import dev.sluice.setting.Setting;
import dev.sluice.setting.SettingException;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sluice.web}.
 *
 * @param basePath what stands in front of every path, such as {@code /tools} of a custom domain's mapping; a request
 *     without it is taken too
 * @param bodyBytes the longest body of a request
 * @param cors the pages of other sites that may use the API
 */
@ConfigurationProperties("sluice.web")
record HttpSettings(
        @DefaultValue("") String basePath,
        @DefaultValue("1048576") int bodyBytes,
        @DefaultValue Cors cors) {

    /** What Lambda hands over at most (AWS Lambda Developer Guide, "Lambda quotas"). */
    private static final int MOST_BODY_BYTES = 6 * 1024 * 1024;

    HttpSettings {
        if (!basePath.matches("(/[A-Za-z0-9._~-]+)*")) {
            throw new SettingException(
                    "The setting sluice.web.base-path is '%s': use a path like /tools, or leave it empty."
                            .formatted(basePath));
        }
        Setting.range("sluice.web.body-bytes", bodyBytes, 1, MOST_BODY_BYTES);
    }

    /** Whether the path is the base path without the slash that makes it a folder. */
    boolean isBase(String path) {
        return !basePath.isEmpty() && path.equals(basePath);
    }

    /** The path behind the base path. */
    String withoutBase(String path) {
        return path.startsWith(basePath + "/") ? path.substring(basePath.length()) : path;
    }

    /**
     * {@code sluice.web.cors}.
     *
     * @param origins scheme, host and, if it is not the scheme's own, port of each; none by default
     */
    record Cors(@DefaultValue List<String> origins) {

        Cors {
            for (String origin : origins) {
                if (!origin.matches("https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:[0-9]{1,5})?")) {
                    throw new SettingException(
                            "The setting sluice.web.cors.origins names '%s': use origins like https://app.example.com, each exactly and in lower case."
                                    .formatted(origin));
                }
            }
            origins = List.copyOf(origins);
        }
    }
}
