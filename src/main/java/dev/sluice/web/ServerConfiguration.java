package dev.sluice.web;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The local server in front of the same routes and beans; not there on Lambda. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class ServerConfiguration {

    static final String FUNCTIONS = "/functions/";

    @Bean
    RouterFunction<ServerResponse> serverRoutes(Routes routes) {
        return RouterFunctions.route(
                RequestPredicates.path(FUNCTIONS + "**").negate(), new ServerAdapter(routes)::answer);
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

    /** A slash inside a row key is sent as {@code %2F}; Tomcat would refuse it. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
        TomcatConnectorCustomizer pass = connector -> connector.setEncodedSolidusHandling("passthrough");
        return factory -> factory.addConnectorCustomizers(pass);
    }
}
