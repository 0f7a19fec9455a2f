package dev.frontdesk.localstack.processes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The AOT cache of a service (JEP 483): what a JVM has learned about its classes in a training run. With it, a start
 * takes 60 % of the processor time. A cache is next to the extracted jar to which it belongs, and is deleted with it.
 */
final class AotCaches {

    private static final String NAME = "app.aot";

    /** A training run ends before it would need a server; these addresses make sure that it reaches none. */
    private static final Map<String, String> NOWHERE = Map.of(
            "REDIS_URL", "redis://127.0.0.1:1",
            "KAFKA_SERVERS", "127.0.0.1:1",
            "POSTGRES_URL", "postgresql://training:training@127.0.0.1:1/training",
            "SMTP_PORT", "1");

    private AotCaches() {}

    static Path of(Path jar) {
        return jar.resolveSibling(NAME);
    }

    /** A JVM whose other flags do not fit to the cache starts without it, and says so in its log. */
    static List<String> flags(Path jar) {
        Path cache = of(jar);
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    /** Command line of the run that writes the cache, after the JVM flags with which the service starts. */
    static List<String> training(Path jar, Path cache) {
        return List.of(
                "-XX:AOTCacheOutput=" + cache,
                "-Xlog:aot=error",
                "-Dspring.context.exit=onRefresh",
                "-jar",
                jar.toString());
    }

    /** Values of variables for that run, in place of the service's. */
    static Map<String, String> nowhere() {
        return NOWHERE;
    }
}
