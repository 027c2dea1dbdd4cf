package dev.sluice.local;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * The DynamoDB of the local cloud, with streams: Amazon's DynamoDB Local, in memory.
 *
 * <p>Its own launcher listens on every interface, on a port chosen beforehand, and can report its use to Amazon. So we
 * hand its request handler to a server of our own: on 127.0.0.1, on a port that is free, with no telemetry set up.
 */
final class LocalDynamo {

    private LocalDynamo() {}

    public static void main(String[] args) {
        Lifeline.serve(LocalDynamo::start);
    }

    private static int start() throws Exception {
        System.setProperty("sqlite4java.library.path", natives().toString());
        // One database for every access key and region, as one AWS account would be.
        var database = new LocalDynamoDBRequestHandler(0, true, null, true, false);
        IndexedDatabase.into(database);
        var context = new ContextHandler();
        context.setHandler(new LocalDynamoDBServerHandler(database, null));
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new ContextHandlerCollection(context));
        server.start();
        return connector.getLocalPort();
    }

    /** Where the build has put SQLite's libraries: beside the test classes. */
    private static Path natives() throws IOException {
        try {
            var classes =
                    LocalDynamo.class.getProtectionDomain().getCodeSource().getLocation();
            return Path.of(classes.toURI()).resolveSibling("sqlite4java").toRealPath();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
