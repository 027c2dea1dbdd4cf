package dev.sluice.live;

import dev.sluice.aws.AwsClients;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/**
 * Sends by the {@code @connections} API, API Gateway's or the local server's.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">Use
 *     connections commands in your backend service</a>
 */
final class ManagementApi implements Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementApi.class);

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final AwsClients aws;
    private final LiveEndpoint endpoint;
    private final int most;
    private @Nullable ApiGatewayManagementApiClient client;
    private Instant quietUntil = Instant.MIN;

    /** @param most how many messages are sent at the same time */
    ManagementApi(AwsClients aws, LiveEndpoint endpoint, int most) {
        this.aws = aws;
        this.endpoint = endpoint;
        this.most = most;
    }

    @Override
    public Outcome send(String connection, byte[] message) {
        try {
            client().postToConnection(
                            post -> post.connectionId(connection).data(SdkBytes.fromByteArrayUnsafe(message)));
            return Outcome.SENT;
        } catch (GoneException _) {
            return Outcome.GONE;
        } catch (RuntimeException e) {
            warn(e);
            return Outcome.FAILED;
        }
    }

    private synchronized ApiGatewayManagementApiClient client() {
        ApiGatewayManagementApiClient made = client;
        if (made == null) {
            made = aws.connections(endpoint.address(), LONGEST, most);
            client = made;
        }
        return made;
    }

    private synchronized void warn(RuntimeException e) {
        Instant now = Instant.now();
        if (now.isAfter(quietUntil)) {
            quietUntil = now.plus(QUIET);
            LOG.warn(
                    "A message to a connection could not be sent: {}; of more within a minute nothing is said.",
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public synchronized void close() {
        ApiGatewayManagementApiClient made = client;
        if (made != null) {
            made.close();
        }
    }
}
