package dev.frontdesk.testsupport.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.http.RawConnection;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.core.env.Environment;

/** Requests of a client that tries to fill a metrics store: methods, paths and headers that were never seen before. */
public final class OddRequests {

    /** Begins every part that is made up. */
    private static final String MARK = "odd";

    private static final int ROUNDS = 20;
    private static final String HEAD = """
            %s %s HTTP/1.1\r
            Host: %s.example\r
            User-Agent: %s\r
            X-Tenant-Id: %s\r
            %sConnection: close\r
            \r
            """;

    private final int port;
    private final List<String> paths;
    private final String header;

    /** @param paths with {@code %s} for what is made up */
    public OddRequests(int port, String... paths) {
        this(port, List.of(paths), "");
    }

    private OddRequests(int port, List<String> paths, String header) {
        this.port = port;
        this.paths = paths;
        this.header = header;
    }

    /** Sends the header with each request, so that requests of a caller with an identity reach the handlers. */
    public OddRequests with(String name, String value) {
        return new OddRequests(port, paths, name + ": " + value + "\r\n");
    }

    /** Sends many, and checks that they leave no trace in the metrics of the service. */
    public void addNoSeries(Environment service) throws IOException {
        send();
        int before = Scrape.of(service).series().size();

        for (int i = 0; i < ROUNDS; i++) {
            send();
        }

        Set<String> after = Scrape.of(service).series();
        assertThat(after).noneMatch(series -> series.toLowerCase(Locale.ROOT).contains(MARK));
        // A few others may come: of a garbage collection, or of a timeout.
        assertThat(after).hasSizeLessThan(before + ROUNDS * paths.size());
    }

    private void send() throws IOException {
        for (String path : paths) {
            send("GET", path);
            send("get", path);
            send(madeUp().toUpperCase(Locale.ROOT), path);
        }
    }

    private void send(String method, String path) throws IOException {
        try (var connection = new RawConnection(port)) {
            connection.send(HEAD.formatted(method, path.formatted(madeUp()), madeUp(), madeUp(), madeUp(), header));
            assertThat(connection.rest()).startsWith("HTTP/1.1 ");
        }
    }

    private static String madeUp() {
        return MARK + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    }
}
