package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.http.Answer;
import dev.frontdesk.loadtests.http.Browser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** The lines about requests in the log of a service, and those that it dropped because it could not write them in time. */
final class RequestLines {

    /** Method, route, status and milliseconds, at the end of the line. */
    private static final Pattern LINE = Pattern.compile(" [A-Z]+ \\S+ [1-5][0-9]{2} [0-9]+ ms$");

    private static final String DROPPED = "/actuator/metrics/frontdesk.log.dropped";
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(10);

    private final Path log;
    private final Browser management;
    private long position;
    private long droppedBefore;

    RequestLines(Path log, String managementUrl) {
        this.log = log;
        this.management = new Browser(managementUrl);
    }

    /** What was written and dropped. */
    record Count(long written, long dropped) {
        long total() {
            return written + dropped;
        }
    }

    /** Counting begins here. */
    void mark() {
        position = size();
        droppedBefore = dropped();
    }

    /** Waits a while for the lines of these requests. */
    Count since(long requests) throws InterruptedException {
        long end = System.nanoTime() + WRITTEN_WITHIN.toNanos();
        Count count = count();
        while (count.total() < requests && System.nanoTime() < end) {
            Thread.sleep(500);
            count = count();
        }
        return count;
    }

    private Count count() {
        try (var channel = FileChannel.open(log).position(position);
                var reader = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            long written = reader.lines().filter(line -> isOfRequest(line)).count();
            return new Count(written, dropped() - droppedBefore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isOfRequest(String line) {
        return line.endsWith(" ms") && LINE.matcher(line).find();
    }

    private long size() {
        return log.toFile().length();
    }

    /** A service without this metric drops nothing. */
    private long dropped() {
        Answer answer = management.get(DROPPED, Map.of()).block();
        if (answer == null || answer.status() != 200) {
            return 0;
        }
        return JsonMapper.shared()
                .readTree(answer.body())
                .get("measurements")
                .get(0)
                .get("value")
                .asLong();
    }
}
