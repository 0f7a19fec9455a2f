package dev.frontdesk.testsupport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.regex.Pattern;

/** A client that sends arbitrary bytes, which no HTTP library would send. */
public final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    /** One response as it arrived. */
    public record RawAnswer(String head, String body) {

        public int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        public Optional<String> header(String name) {
            var found = Pattern.compile("(?im)^" + Pattern.quote(name) + ": *(.*?)\r?$")
                    .matcher(head);
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        }
    }

    private final Socket socket;
    private final InputStream in;

    public RawConnection(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public RawConnection send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        return this;
    }

    /** Closes the sending side; still receives. */
    public RawConnection sendsNoMore() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next response: its head, and a body of the declared length. */
    public RawAnswer answer() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("Closed after: " + head);
            }
            head.append((char) next);
        }
        var answer = new RawAnswer(head.toString(), "");
        int length = answer.header("Content-Length").map(Integer::parseInt).orElse(0);
        return new RawAnswer(answer.head(), new String(in.readNBytes(length), UTF_8));
    }

    /** The next bytes, one character each. */
    public String first(int bytes) throws IOException {
        return new String(in.readNBytes(bytes), ISO_8859_1);
    }

    /** Everything that arrives until the other side closes. */
    public String rest() throws IOException {
        return new String(in.readAllBytes(), UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
