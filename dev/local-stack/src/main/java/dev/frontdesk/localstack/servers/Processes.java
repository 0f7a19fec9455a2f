package dev.frontdesk.localstack.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Starting, awaiting and ending operating system processes. */
final class Processes {

    private static final int TAIL = 12;

    private Processes() {}

    static Process start(List<String> command, Path log) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
        } catch (IOException e) {
            throw new ServerFailed("could not start " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    static void run(String what, List<String> command, Path log) {
        Process process = start(command, log);
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new ServerFailed(what + " ended with " + exit + ":\n" + tail(log));
        }
    }

    static void awaitReady(String what, Process process, BooleanSupplier ready, Duration bound, Path log) {
        long end = System.nanoTime() + bound.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new ServerFailed(what + " ended with " + process.exitValue() + ":\n" + tail(log));
            }
            if (System.nanoTime() > end) {
                throw new ServerFailed(what + " was not ready after " + bound.toSeconds() + " s:\n" + tail(log));
            }
            pause();
        }
    }

    /** Asks with the given signal, then insists. */
    static void end(Process process, String signal, Duration bound) {
        Signals.send(process.pid(), signal);
        try {
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailed("interrupted");
        }
    }
}
