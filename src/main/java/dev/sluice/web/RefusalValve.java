package dev.sluice.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** What Tomcat refuses before any filter sees it is refused with a problem, as everything else is. */
final class RefusalValve extends ValveBase {

    private final Replies replies;

    RefusalValve(Replies replies) {
        super(true);
        this.replies = replies;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (response.isError()) {
            // Tomcat's refusal has closed it.
            response.setSuspended(false);
            LocalGate.send(replies.problem(problem(response.getStatus())), response);
        } else {
            getNext().invoke(request, response);
        }
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 400 -> Problem.badRequest("The path is not percent-encoded correctly.");
            case 405 -> Problem.methodNotAllowed("This method is never taken.");
            default -> Problem.internal();
        };
    }
}
