package dev.frontdesk.testsupport.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Records how long servers and Spring contexts took to start, in {@code target/test-starts.tsv} of the module that is
 * tested: kind, name, seconds. {@code dev/build-times} sums them up.
 */
final class StartTimes implements ApplicationListener<ApplicationReadyEvent> {

    private static final Path FILE = Path.of(System.getProperty("basedir", "."), "target", "test-starts.tsv");

    /** A context's time includes the start of the servers that it is the first to use. */
    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        var took = event.getTimeTaken();
        var testClass = event.getSpringApplication().getMainApplicationClass();
        if (took != null && testClass != null) {
            append("context", testClass.getName(), took);
        }
    }

    static <S> S ofServer(String name, Supplier<S> start) {
        long begin = System.nanoTime();
        S server = start.get();
        append("server", name, Duration.ofNanos(System.nanoTime() - begin));
        return server;
    }

    private static void append(String kind, String name, Duration took) {
        var line = String.format(Locale.ROOT, "%s\t%s\t%.3f%n", kind, name, took.toMillis() / 1000.0);
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
