package dev.frontdesk.loadtests.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pauses of the garbage collector, from the log of a JVM. */
final class Pauses {

    /** {@code GC(7) Pause Young (Allocation Failure) 70M->39M(120M) 5.316ms} */
    private static final Pattern PAUSE = Pattern.compile(" Pause (.*) ([0-9.]+)ms$");

    /** The measurement asked for these. */
    private static final String ASKED_FOR = "(System.gc())";

    private Pauses() {}

    /** The JVM option that writes the log. */
    static String logTo(Path log) {
        return "-Xlog:gc:file=" + log + "::filecount=0";
    }

    /**
     * @param from where in the log to begin, in bytes
     * @return milliseconds; 0 without any pause
     */
    static double longest(Path log, long from) {
        try (var channel = FileChannel.open(log).position(from);
                var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.contains(ASKED_FOR))
                    .map(PAUSE::matcher)
                    .filter(Matcher::find)
                    .mapToDouble(found -> Double.parseDouble(found.group(2)))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
