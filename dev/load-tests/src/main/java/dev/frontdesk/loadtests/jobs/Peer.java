package dev.frontdesk.loadtests.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A separate process that runs a round for each line it reads, and answers with lines {@code name value} and {@code done}. */
final class Peer implements AutoCloseable {

    private final Process process;
    private final OutputStream to;
    private final BufferedReader from;

    private Peer(Process process) {
        this.process = process;
        this.to = process.getOutputStream();
        this.from = process.inputReader(StandardCharsets.UTF_8);
    }

    static Peer start(Path log, Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            // Also after Ctrl-C.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-" + process.pid()));
            return new Peer(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param phases of the round; empty for all */
    Map<String, Double> round(String phases) {
        try {
            to.write((phases + "\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
            return figures();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line that it prints. */
    String line() {
        try {
            String line = from.readLine();
            if (line == null) {
                throw new IllegalStateException("a process ended, see its log");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Double> figures() {
        var figures = new LinkedHashMap<String, Double>();
        while (true) {
            String line = line();
            String[] parts = line.split(" ");
            if (line.equals("done")) {
                return figures;
            }
            if (parts.length == 2 && parts[1].matches("[\\d.]+")) {
                figures.put(parts[0], Double.valueOf(parts[1]));
            } else {
                System.out.println(line);
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
