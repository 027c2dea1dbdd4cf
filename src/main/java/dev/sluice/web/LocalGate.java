package dev.sluice.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in only this machine. A page of another site that is open in a browser here comes from this machine too, so the
 * name that the request was sent to has to be this machine's (against DNS rebinding), and its origin the same or, for
 * the routes, one of {@code sluice.web.cors.origins}.
 */
final class LocalGate extends OncePerRequestFilter {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "0:0:0:0:0:0:0:1");

    private final Replies replies;
    private final Cors cors;

    LocalGate(Replies replies, Cors cors) {
        this.replies = replies;
        this.cors = cors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        boolean local = InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                && NAMES.contains(request.getServerName())
                && (origin == null
                        || origin.equals("http://" + request.getHeader("Host"))
                        || (cors.allows(origin) && !ServerConfiguration.isFunction(request)));
        if (local) {
            chain.doFilter(request, response);
        } else {
            send(replies.problem(Problem.forbidden("Only this machine gets in, by its own name.")), response);
        }
    }

    static void send(WebResponse reply, HttpServletResponse response) throws IOException {
        response.reset();
        response.setStatus(reply.status());
        reply.headers().forEach(response::setHeader);
        reply.cookies().forEach(cookie -> response.addHeader("set-cookie", cookie));
        byte[] body = reply.bytes();
        // Without a body the server says nothing of its length, which HEAD needs.
        if (body.length > 0) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
