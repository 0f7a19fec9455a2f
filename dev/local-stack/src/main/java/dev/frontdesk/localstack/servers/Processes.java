package dev.frontdesk.localstack.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts programs with their output in a log. */
final class Processes {

    private Processes() {}

    static Process start(List<String> command, Path log) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            throw new ServerFailed("could not start " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    /** Returns when the program has ended successfully. */
    static void run(String what, List<String> command, Path log) {
        int exit = start(command, log).onExit().join().exitValue();
        if (exit != 0) {
            throw new ServerFailed(what + " ended with exit code " + exit + ":\n" + content(log));
        }
    }

    private static String content(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
