package dev.frontdesk.localstack.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.frontdesk.localstack.parts.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A part did not start, or ended by itself. The message is one line, then the end of the part's log. */
final class PartFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LINES = 25;
    private static final int WIDTH = 400;

    PartFailed(Part part, String what, Path log) {
        super(part.title() + " " + what + "; last lines of " + log + ":\n" + tail(log));
    }

    private static String tail(Path log) {
        try {
            // Invalid bytes in the log must not hide the failure.
            List<String> lines =
                    new String(Files.readAllBytes(log), UTF_8).lines().toList();
            if (lines.isEmpty()) {
                return "  (empty)";
            }
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                    .map(line -> "  | " + (line.length() > WIDTH ? line.substring(0, WIDTH) + "..." : line))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "  (unreadable: " + e.getMessage() + ")";
        }
    }
}
