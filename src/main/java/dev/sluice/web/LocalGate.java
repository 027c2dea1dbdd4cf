package dev.sluice.web;

import dev.sluice.access.Access;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in only this machine; where callers have to say who they are, others too, but only to the routes, which ask them.
 * A page of another site that is open in a browser here comes from this machine too, so the name that the request was
 * sent to has to be this machine's (against DNS rebinding), and its origin the same or, for the routes, one of {@code
 * sluice.web.cors.origins}. So does whoever comes through a proxy here, which says so in a header.
 */
final class LocalGate extends OncePerRequestFilter {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "0:0:0:0:0:0:0:1");

    /** RFC 7239, and what came before it. */
    private static final List<String> FORWARDED = List.of("forwarded", "x-forwarded-for", "x-forwarded-host");

    private final Replies replies;
    private final Cors cors;
    private final Access access;

    LocalGate(Replies replies, Cors cors, Access access) {
        this.replies = replies;
        this.cors = cors;
        this.access = access;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SecurityHeaders.ALWAYS.forEach(response::setHeader);
        boolean asked = !access.isOpen() && !ServerConfiguration.isLocalOnly(request);
        if (asked || isLocal(request)) {
            chain.doFilter(request, response);
        } else {
            send(replies.problem(Problem.forbidden("Only this machine gets in, by its own name.")), response);
        }
    }

    private boolean isLocal(HttpServletRequest request) throws IOException {
        String origin = request.getHeader("Origin");
        return isLoopback(request.getRemoteAddr())
                // A header may have told another remote address, but no other way here.
                && isLoopback(request.getLocalAddr())
                && FORWARDED.stream().allMatch(name -> request.getHeader(name) == null)
                && NAMES.contains(request.getServerName())
                && (origin == null
                        || origin.equals("http://" + request.getHeader("Host"))
                        || (cors.allows(origin) && !ServerConfiguration.isLocalOnly(request)));
    }

    private static boolean isLoopback(String address) throws IOException {
        return InetAddress.getByName(address).isLoopbackAddress();
    }

    static void send(WebResponse reply, HttpServletResponse response) throws IOException {
        response.reset();
        response.setStatus(reply.status());
        SecurityHeaders.ALWAYS.forEach(response::setHeader);
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
