package dev.sluice.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * A Kinesis that takes every PutRecord and PutRecords and keeps nothing; its answers are as long as the real ones. A
 * process of its own, so that its CPU time is in no figure. Ends with its standard input.
 */
final class NoOpKinesis {

    private static final byte[] KEY = "PartitionKey".getBytes(StandardCharsets.US_ASCII);
    private static final String SEQUENCE = "49657" + "1234567890".repeat(5) + "1";

    private final Duration delay;

    private NoOpKinesis(Duration delay) {
        this.delay = delay;
    }

    /** Prints its ports: the first answers at once, the second after 10 ms. */
    public static void main(String[] arguments) throws IOException {
        int fast = new NoOpKinesis(Duration.ZERO).listen();
        int slow = new NoOpKinesis(Duration.ofMillis(10)).listen();
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
                boolean several = false;
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    String header = line.toLowerCase(Locale.ROOT);
                    if (header.startsWith("content-length:")) {
                        length = Integer.parseInt(
                                header.substring(header.indexOf(':') + 1).strip());
                    }
                    several |= header.endsWith(".putrecords");
                }
                byte[] answer = answer(several ? records(in.readNBytes(length)) : skip(in, length));
                Thread.sleep(delay);
                socket.getOutputStream().write(answer);
            }
        } catch (IOException _) {
            // The client is done.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static int skip(InputStream in, int length) throws IOException {
        in.skipNBytes(length);
        return 0;
    }

    private static int records(byte[] body) {
        int records = 0;
        for (int i = 0; i + KEY.length <= body.length; i++) {
            int k = 0;
            while (k < KEY.length && body[i + k] == KEY[k]) {
                k++;
            }
            if (k == KEY.length) {
                records++;
                i += k;
            }
        }
        return records;
    }

    private static byte[] answer(int records) {
        var mapper = new CBORMapper();
        var reply = mapper.createObjectNode();
        if (records == 0) {
            reply.put("ShardId", "shardId-000000000001").put("SequenceNumber", SEQUENCE);
        } else {
            var list = reply.put("FailedRecordCount", 0).putArray("Records");
            for (int i = 0; i < records; i++) {
                list.addObject().put("SequenceNumber", SEQUENCE).put("ShardId", "shardId-000000000001");
            }
        }
        byte[] body = mapper.writeValueAsBytes(reply);
        var answer = new ByteArrayOutputStream();
        answer.writeBytes("HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-cbor-1.1\r\nContent-Length: %d\r\n\r\n"
                .formatted(body.length)
                .getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(body);
        return answer.toByteArray();
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
