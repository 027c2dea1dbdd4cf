package dev.sluice.web;

import dev.sluice.access.Access;
import dev.sluice.access.Caller;
import dev.sluice.access.ClosedException;
import dev.sluice.access.IssuerException;
import dev.sluice.access.Role;
import dev.sluice.access.UnauthorizedException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may use which route. */
final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final Caller UNKNOWN = new Caller("", Role.OPEN);

    private final Access access;

    Admission(Access access) {
        this.access = access;
    }

    /**
     * Who sent the request, if they may use the route. Nobody is asked who they are where the route is open to all.
     *
     * @throws Problem if they may not
     */
    Caller caller(Route route, WebRequest request) {
        if (route.role() == Role.OPEN) {
            return UNKNOWN;
        }
        Caller caller = known(request);
        if (!caller.role().includes(route.role())) {
            throw Problem.forbidden(
                    "This takes the role %s.".formatted(route.role().name().toLowerCase(Locale.ROOT)));
        }
        return caller;
    }

    /** Leaves in the log who changed something. */
    static void note(Route route, WebResponse reply) {
        String subject = Caller.current().subject();
        if (!subject.isEmpty() && !Role.VIEWER.includes(route.role())) {
            // Encoded, so that no name can end the line.
            LOG.info("{} for {}: {}", route.bean(), PercentEncoding.encode(subject), reply.status());
        }
    }

    private Caller known(WebRequest request) {
        try {
            return access.caller(request.header("authorization"));
        } catch (UnauthorizedException e) {
            throw Problem.unauthorized(String.valueOf(e.getMessage()), e.challenge());
        } catch (IssuerException e) {
            throw Problem.unavailable(String.valueOf(e.getMessage()));
        } catch (ClosedException e) {
            throw Problem.forbidden(String.valueOf(e.getMessage()));
        }
    }
}
