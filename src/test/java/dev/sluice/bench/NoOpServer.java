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
 * An AWS service that takes every request and keeps nothing. A process of its own, so that its CPU time is in no figure.
 * Ends with its standard input.
 */
final class NoOpServer {

    private final Answers answers;
    private final Duration delay;

    private NoOpServer(Answers answers, Duration delay) {
        this.answers = answers;
        this.delay = delay;
    }

    /** What the service says to a request. */
    interface Answers {

        /**
         * The answer, with its headers.
         *
         * @param target which operation is asked for: the header {@code X-Amz-Target} in lower case
         * @param body of which all is read
         */
        byte[] answer(String target, InputStream body, int length) throws IOException;
    }

    /** Prints two ports: the first answers at once, the second later. */
    static void run(Answers answers, Duration later) throws IOException {
        int fast = new NoOpServer(answers, Duration.ZERO).listen();
        int slow = new NoOpServer(answers, later).listen();
        System.out.println(fast + " " + slow);
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    /** An answer with that body. */
    static byte[] ok(String contentType, byte[] body) {
        byte[] head = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(contentType, body.length)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] answer = new byte[head.length + body.length];
        System.arraycopy(head, 0, answer, 0, head.length);
        System.arraycopy(body, 0, answer, head.length, body.length);
        return answer;
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
                String target = "";
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    String header = line.toLowerCase(Locale.ROOT);
                    String value = header.substring(header.indexOf(':') + 1).strip();
                    if (header.startsWith("content-length:")) {
                        length = Integer.parseInt(value);
                    } else if (header.startsWith("x-amz-target:")) {
                        target = value;
                    }
                }
                byte[] answer = answers.answer(target, in, length);
                Thread.sleep(delay);
                socket.getOutputStream().write(answer);
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
