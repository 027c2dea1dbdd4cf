package dev.sluice.web;

import java.util.Map;

/**
 * What a route answers.
 *
 * @param headers names in lower case
 * @param body text in UTF-8
 */
public record WebResponse(int status, Map<String, String> headers, String body) {

    public WebResponse {
        headers = Map.copyOf(headers);
    }
}
