package dev.sluice.web;

import dev.sluice.live.LiveEndpoint;
import dev.sluice.live.LiveReply;
import dev.sluice.live.LiveRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/** The local server's WebSocket and the API by which messages get to its connections; not there on Lambda. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableWebSocket
public class SocketConfiguration {

    private static final String LIVE = "/live";

    static boolean isLive(HttpServletRequest request) {
        return request.getRequestURI().equals(LIVE) && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    @Bean
    LiveSocket liveSocket(
            Function<LiveRequest, LiveReply> liveConnect,
            Function<LiveRequest, LiveReply> liveMessage,
            Function<LiveRequest, LiveReply> liveDisconnect) {
        return new LiveSocket(liveConnect, liveMessage, liveDisconnect);
    }

    @Bean
    WebSocketConfigurer liveRoute(LiveSocket socket) {
        return routes -> routes.addHandler(socket, LIVE)
                .addInterceptors(socket)
                // LocalGate has looked at it.
                .setAllowedOriginPatterns("*");
    }

    @Bean
    ServletServerContainerFactoryBean socketLimits() {
        var limits = new ServletServerContainerFactoryBean();
        limits.setMaxTextMessageBufferSize(LiveClient.MOST_BYTES);
        limits.setMaxSessionIdleTimeout(LiveClient.IDLE.toMillis());
        return limits;
    }

    /** Where the live tail sends its messages, unless it is told another place. */
    @Bean
    LiveEndpoint localConnections(ServerProperties server, Environment environment) {
        InetAddress listening = server.getAddress();
        InetAddress address =
                listening != null && listening.isLoopbackAddress() ? listening : InetAddress.getLoopbackAddress();
        String host = address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        return () -> URI.create("http://%s:%s".formatted(host, environment.getRequiredProperty("local.server.port")));
    }

    @Bean
    FilterRegistrationBean<ConnectionsApi> connectionsApi(LiveSocket socket) {
        var api = new FilterRegistrationBean<>(new ConnectionsApi(socket));
        api.addUrlPatterns(ConnectionsApi.PATH + "*");
        api.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return api;
    }
}
