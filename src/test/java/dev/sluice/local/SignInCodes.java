package dev.sluice.local;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The codes that the local issuer has given away and that were not used yet (RFC 6749, 4.1; RFC 7636 with S256 only). */
final class SignInCodes {

    private static final String NONE = "";

    private final Map<String, Given> given = new ConcurrentHashMap<>();

    /** Who signed in, and what only the page that asked can show. */
    record Given(String user, String nonce, String client, String redirect, String challenge) {}

    /** A code for whoever chose a user on the sign-in page. */
    String give(String user, Map<String, String> request) {
        String code = UUID.randomUUID().toString();
        given.put(
                code,
                new Given(
                        user,
                        request.getOrDefault("nonce", NONE),
                        request.getOrDefault("client_id", NONE),
                        request.getOrDefault("redirect_uri", NONE),
                        request.getOrDefault("code_challenge", NONE)));
        return code;
    }

    /** Who signed in, if the form shows the code and what belongs to it; a code is good for one try. */
    Optional<Given> take(Map<String, String> form) {
        return Optional.ofNullable(given.remove(form.getOrDefault("code", NONE)))
                .filter(one -> form.getOrDefault("grant_type", NONE).equals("authorization_code"))
                .filter(one -> form.getOrDefault("client_id", NONE).equals(one.client()))
                .filter(one -> form.getOrDefault("redirect_uri", NONE).equals(one.redirect()))
                .filter(one ->
                        challenge(form.getOrDefault("code_verifier", NONE)).equals(one.challenge()));
    }

    /** RFC 7636, 4.2. */
    static String challenge(String verifier) {
        try {
            byte[] ascii = verifier.getBytes(StandardCharsets.US_ASCII);
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(ascii))
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
