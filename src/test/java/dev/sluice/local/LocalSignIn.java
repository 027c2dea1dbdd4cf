package dev.sluice.local;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Whether one has to sign in on this machine. With {@code SLUICE_AUTH=local} in the environment an issuer runs here, and
 * its tokens are asked for; without it, nobody is asked who they are.
 */
final class LocalSignIn implements AutoCloseable {

    private static final String VARIABLE = "SLUICE_AUTH";
    private static final String LOCAL = "local";

    private static final String ASKED =
            "Sign in:  on the page; for curl TOKEN=$(curl -s %s/token/operator), or viewer, uploader, nobody";

    private static final String NOT_ASKED =
            "Sign in:  nobody has to, since only this machine gets in; SLUICE_AUTH=local lets you try it";

    private final Optional<LocalIssuer> issuer;

    private LocalSignIn(Optional<LocalIssuer> issuer) {
        this.issuer = issuer;
    }

    /**
     * What the environment asks for.
     *
     * @throws IllegalArgumentException with a sentence, if that is not known
     */
    static LocalSignIn of(Map<String, String> environment) {
        String wanted = environment.getOrDefault(VARIABLE, "");
        return switch (wanted) {
            case "" -> new LocalSignIn(Optional.empty());
            case LOCAL -> new LocalSignIn(Optional.of(LocalIssuer.start()));
            default ->
                throw new IllegalArgumentException(
                        "The variable %s is '%s': set it to local, or leave it out.".formatted(VARIABLE, wanted));
        };
    }

    /** What makes Sluice ask; empty if it shall not. */
    Map<String, String> settings() {
        return issuer.map(LocalIssuer::settings).orElse(Map.of());
    }

    /** Sluice itself refuses variables of its own that it does not read, and this one is not its own. */
    static void hide(ConfigurableApplicationContext context) {
        var sources = context.getEnvironment().getPropertySources();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        if (sources.get(name) instanceof SystemEnvironmentPropertySource source) {
            var others = new HashMap<>(source.getSource());
            others.remove(VARIABLE);
            sources.replace(name, new SystemEnvironmentPropertySource(name, others));
        }
    }

    /** The value of {@code authorization} with which the samples are looked at; empty if none is asked for. */
    Optional<String> operator() {
        return issuer.map(one -> "Bearer " + one.accessToken("operator"));
    }

    /** What a person at the console has to know. */
    String hint() {
        return issuer.map(one -> ASKED.formatted(one.name())).orElse(NOT_ASKED);
    }

    /** How curl shows a token. */
    String curl() {
        return issuer.map(_ -> "curl -H \"authorization: Bearer $TOKEN\"").orElse("curl");
    }

    @Override
    public void close() {
        issuer.ifPresent(LocalIssuer::close);
    }
}
