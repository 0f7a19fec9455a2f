package dev.frontdesk.localstack.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Output for people: progress on one stream, problems on the other. */
final class Console {

    private final PrintStream out;
    private final PrintStream err;

    Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /** One step of one part. */
    void step(String part, String what, Duration took) {
        say(String.format(Locale.ROOT, "  %-14s %-10s %6s", part, what, seconds(took)));
    }

    synchronized void problem(String line) {
        err.println("frontdesk: " + line);
        err.flush();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
