package dev.sluice.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * A DynamoDB that takes every BatchWriteItem and keeps nothing. A process of its own, so that its CPU time is in no
 * figure. Ends with its standard input.
 */
final class NoOpDynamo {

    private static final byte[] ANSWER = """
            HTTP/1.1 200 OK\r
            Content-Type: application/x-amz-json-1.0\r
            Content-Length: 23\r
            \r
            {"UnprocessedItems":{}}""".getBytes(StandardCharsets.US_ASCII);

    private final Duration delay;

    private NoOpDynamo(Duration delay) {
        this.delay = delay;
    }

    /** Prints its ports: the first answers at once, the second after 5 ms. */
    public static void main(String[] arguments) throws IOException {
        int fast = new NoOpDynamo(Duration.ZERO).listen();
        int slow = new NoOpDynamo(Duration.ofMillis(5)).listen();
        System.out.println(fast + " " + slow);
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    private int listen() throws IOException {
        var server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().start(() -> {
            while (true) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        return server.getLocalPort();
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            while (true) {
                int length = 0;
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                        length = Integer.parseInt(
                                line.substring(line.indexOf(':') + 1).strip());
                    }
                }
                in.skipNBytes(length);
                Thread.sleep(delay);
                socket.getOutputStream().write(ANSWER);
            }
        } catch (IOException _) {
            // The client is done.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
