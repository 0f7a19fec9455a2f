package dev.frontdesk.loadtests.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A recording of JDK Flight Recorder and its summaries as text files. */
public final class FlightRecording {

    private static final List<String> VIEWS = List.of(
            "hot-methods", "allocation-by-class", "allocation-by-site", "thread-cpu-load", "contention-by-site", "gc");

    private static final String NAME = "edge";

    private FlightRecording() {}

    /**
     * Records while the load runs.
     *
     * @param folder for {@code recording.jfr} and one text file per view
     */
    public static void record(Measured process, Path folder, Runnable load) {
        String pid = Long.toString(process.process().pid());
        Path recording = folder.resolve("recording.jfr").toAbsolutePath();
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(recording);
            Path log = folder.resolve("jcmd.log");
            run(log, tool("jcmd"), pid, "JFR.start", "name=" + NAME, "settings=profile");
            load.run();
            run(log, tool("jcmd"), pid, "JFR.stop", "name=" + NAME, "filename=" + recording);
            for (String view : VIEWS) {
                run(folder.resolve(view + ".txt"), tool("jfr"), "view", "--width", "180", view, recording.toString());
            }
        } catch (IOException e) {
            throw new IllegalStateException("No recording of " + process.title(), e);
        }
    }

    private static void run(Path output, String... command) throws IOException {
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .onExit()
                .join()
                .exitValue();
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " failed: see " + output);
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
