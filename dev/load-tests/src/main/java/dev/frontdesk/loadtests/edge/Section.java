package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.machine.JavaProgram;
import dev.frontdesk.loadtests.machine.Measured;
import dev.frontdesk.loadtests.machine.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * One part of the measurement, with its own processes.
 *
 * @param folder for their data and logs
 */
record Section(Path repository, Path folder, Options options, Machine machine, Results results) {

    /** Megabytes: the memory limit of the containers in k8s and docker-compose.yml. */
    private static final int CONTAINER = 512;

    /** The JVM options of our images. */
    List<String> jvmOptions() {
        return JavaProgram.optionsOfImages(repository, CONTAINER);
    }

    /** Starts a baseline with the options of our images. It is ready when it accepts a connection. */
    Process start(String title, List<String> program, Map<String, String> environment) {
        try {
            Files.createDirectories(folder.resolve("logs"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return JavaProgram.start(
                jvmOptions(), program, environment, folder.resolve("logs").resolve(title + ".log"));
    }

    /** What runs between the warm-up and the end of the measured load. */
    interface Load {
        void run(Rounds rounds, Noise noise) throws InterruptedException;
    }

    /** Warms all up, then gives the measured processes a processor and measures. */
    void measure(List<Subject> subjects, Load load) throws InterruptedException {
        System.out.println("Warming up on all processors");
        new WarmUp(options).run(subjects);
        var processes = new LinkedHashSet<Measured>();
        subjects.forEach(subject -> Collections.addAll(processes, subject.process()));
        try (Noise noise = machine.separate(new ArrayList<>(processes))) {
            System.out.println("Measuring");
            load.run(new Rounds(options, results), noise);
        } finally {
            processes.forEach(Measured::close);
            machine.share();
        }
    }
}
