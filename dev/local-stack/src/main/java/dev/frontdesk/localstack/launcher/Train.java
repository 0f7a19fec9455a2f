package dev.frontdesk.localstack.launcher;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Ports;
import dev.frontdesk.localstack.processes.Starters;
import dev.frontdesk.localstack.state.Home;
import dev.frontdesk.localstack.state.Secrets;
import dev.frontdesk.localstack.state.StackState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Writes the AOT caches that are missing, one service after the other, while the stack runs: the next start then takes
 * less time. It is a process of its own, at the lowest priority, and ends with the stack.
 */
record Train(Path repository, Home home, Map<String, String> environment) {

    private static final String SWITCH = "FRONTDESK_AOT";
    private static final String LOG = "training.log";

    /** Begins in the background, unless the environment has {@code FRONTDESK_AOT=off}. */
    static void begin(Path repository, Home home, Map<String, String> environment) {
        if (environment.getOrDefault(SWITCH, "").equals("off")) {
            return;
        }
        List<String> command = List.of(
                "nice",
                "-n",
                "19",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                repository.toString(),
                home.folder().toString());
        File log = log(home).toFile();
        try {
            new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
        } catch (IOException withoutNice) {
            // Starts take as long as this one did.
        }
    }

    int run() {
        var starters = new Starters(home, Ports.from(environment), Secrets.of(home), repository, environment);
        for (Part service : Part.services()) {
            if (!isRunning()) {
                return 0;
            }
            starters.train(service, log(home)).ifPresent(this::await);
        }
        return 0;
    }

    private void await(Starters.Training training) {
        try {
            while (!training.run().waitFor(1, TimeUnit.SECONDS)) {
                if (!isRunning()) {
                    training.run().destroyForcibly().waitFor();
                }
            }
            training.end();
        } catch (InterruptedException e) {
            training.run().destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRunning() {
        return StackState.of(home).filter(stack -> !stack.alive().isEmpty()).isPresent();
    }

    private static Path log(Home home) {
        return home.folder().resolve("logs").resolve(LOG);
    }
}
