package dev.sluice.access;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Who gets in, as a bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
public class AccessConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(AccessConfiguration.class);

    /** The local server lets in only this machine where there is no issuer. */
    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    Access accessToServer(AccessSettings settings, JsonMapper mapper) {
        return settings.hasIssuer() ? tokens(settings, mapper) : Access.everyone();
    }

    /** Requests come through the door, from anywhere. */
    @Bean
    @ConditionalOnNotWebApplication
    Access accessThroughDoor(AccessSettings settings, JsonMapper mapper) {
        if (settings.hasIssuer()) {
            return tokens(settings, mapper);
        }
        LOG.info("The setting sluice.access.issuer is empty: routes that are not open to all are refused.");
        return Access.nobody();
    }

    private static Access tokens(AccessSettings settings, JsonMapper mapper) {
        return new Tokens(settings, new Issuer(settings.issuer(), mapper, InstantSource.system()));
    }
}
