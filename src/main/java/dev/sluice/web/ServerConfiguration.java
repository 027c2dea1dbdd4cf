package dev.sluice.web;

import dev.sluice.access.Access;
import dev.sluice.setting.SettingException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Locale;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.messaging.converter.MessageConverter;

/** The local server in front of the same routes and beans; not there on Lambda. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class ServerConfiguration {

    static final String FUNCTIONS = "/functions/";

    /** Whether only this machine may ask for it, whoever says who they are. */
    static boolean isLocalOnly(HttpServletRequest request) {
        // Decoded, as the container looks for who answers.
        return isFunction(request) || (request.getServletPath() + "/").startsWith(ConnectionsApi.PATH);
    }

    /** Both as it was sent and as the container takes it: a path with dots may begin so and lead elsewhere. */
    static boolean isFunction(HttpServletRequest request) {
        return request.getRequestURI().startsWith(FUNCTIONS)
                && request.getServletPath().startsWith(FUNCTIONS);
    }

    @Bean
    FilterRegistrationBean<LocalGate> localGate(Replies replies, Cors cors, Access access) {
        var gate = new FilterRegistrationBean<>(new LocalGate(replies, cors, access));
        gate.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return gate;
    }

    @Bean
    FilterRegistrationBean<ServerAdapter> serverAdapter(Routes routes, HttpSettings settings) {
        return new FilterRegistrationBean<>(new ServerAdapter(routes, settings));
    }

    @Bean
    FilterRegistrationBean<FunctionGate> functionGate(FunctionCatalog catalog, Replies replies) {
        var gate = new FilterRegistrationBean<>(new FunctionGate(catalog, replies));
        gate.addUrlPatterns(FUNCTIONS + "*", "/functions");
        return gate;
    }

    /** Lets {@code POST /functions/triggerRouter} hand an event's bytes to the door, as Lambda does. */
    @Bean
    MessageConverter eventBytes() {
        return new EventBytes();
    }

    /** A slash or backslash inside a row key is sent as {@code %2F} or {@code %5C}; Tomcat would refuse them. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
        TomcatConnectorCustomizer pass = connector -> {
            connector.setEncodedSolidusHandling("passthrough");
            connector.setEncodedReverseSolidusHandling("passthrough");
        };
        return factory -> factory.addConnectorCustomizers(pass);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusals(Replies replies) {
        return factory -> factory.addEngineValves(new RefusalValve(replies));
    }

    /** The gate has to see that a request was forwarded; the server would hide it. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> forwardedAsItCame(ServerProperties server) {
        return _ -> {
            ForwardHeadersStrategy strategy = server.getForwardHeadersStrategy();
            if (strategy != ForwardHeadersStrategy.NONE) {
                throw new SettingException(
                        "The setting server.forward-headers-strategy is '%s': use none, else who comes through a proxy could pass for this machine."
                                .formatted(
                                        strategy == null ? "" : strategy.name().toLowerCase(Locale.ROOT)));
            }
        };
    }

    /** Where nobody is asked who they are, nobody else may get here. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> onThisMachineOnly(Access access) {
        return factory -> {
            InetAddress address = factory.getAddress();
            if (access.isOpen() && (address == null || !address.isLoopbackAddress())) {
                throw new SettingException(
                        "The setting server.address is '%s', where others could get in without being asked who they are: use 127.0.0.1, or set sluice.access.issuer."
                                .formatted(address == null ? "" : address.getHostAddress()));
            }
        };
    }
}
