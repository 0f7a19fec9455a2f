package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.figures.Figure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** redis-benchmark: what Redis can do without HTTP. */
final class RedisBenchmark {

    private static final String NAME = "redis_benchmark_get";

    private RedisBenchmark() {}

    /** GET of 1 KB with as many connections as the other subjects. It shares the processor of Redis. */
    static Figure get(String redisUrl, boolean quick) {
        URI redis = URI.create(redisUrl);
        try {
            var process = new ProcessBuilder(
                            "redis-benchmark",
                            "-h",
                            redis.getHost(),
                            "-p",
                            Integer.toString(redis.getPort()),
                            "-a",
                            redis.getUserInfo().substring(1),
                            "-c",
                            Integer.toString(Rounds.CONNECTIONS),
                            "-n",
                            quick ? "50000" : "500000",
                            "-d",
                            "1024",
                            "-r",
                            "1000",
                            "-t",
                            "set,get",
                            "--csv")
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            var started = process.start();
            String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.lines()
                    .filter(line -> line.startsWith("\"GET\""))
                    .map(line -> line.split(",")[1].replace("\"", ""))
                    .map(rate -> Figure.of(NAME, Double.parseDouble(rate), "1/s", 0))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("redis-benchmark printed no figure: " + output));
        } catch (IOException e) {
            throw new IllegalStateException("Install redis-benchmark (Debian: redis-tools)", e);
        }
    }
}
