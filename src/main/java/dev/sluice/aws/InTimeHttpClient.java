package dev.sluice.aws;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Apache's client, when a call's time is over while it waits for a connection, says that it was cancelled, and the SDK lets
 * that pass: whoever waits for an {@link software.amazon.awssdk.core.exception.SdkException} would miss it. As an
 * {@link IOException} it is a time-out like any other.
 */
record InTimeHttpClient(SdkHttpClient client) implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new InTimeRequest(client.prepareRequest(request));
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }

    private record InTimeRequest(ExecutableHttpRequest request) implements ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() throws IOException {
            try {
                return request.call();
            } catch (CancellationException e) {
                throw new IOException("The call's time was over before it had a connection.", e);
            }
        }

        @Override
        public void abort() {
            request.abort();
        }
    }
}
