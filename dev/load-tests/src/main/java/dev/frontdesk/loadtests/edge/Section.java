package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.machine.JavaProgram;
import dev.frontdesk.loadtests.machine.Measured;
import dev.frontdesk.loadtests.machine.Noise;
import dev.frontdesk.localstack.parts.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * One part of the measurement, with its own processes.
 *
 * @param name on the command line
 * @param folder for their data and logs
 */
record Section(String name, Path repository, Path folder, Options options, Machine machine, Results results) {

    /** Megabytes: the memory limit of the containers in k8s and docker-compose.yml. */
    private static final int CONTAINER = 512;

    private List<String> jvmOptions() {
        return JavaProgram.optionsOfImages(repository, CONTAINER);
    }

    /** Starts a baseline with the JVM options of our images. */
    Baseline start(String title, int port, List<String> program, Map<String, String> environment) {
        try {
            Path logs = Files.createDirectories(folder.resolve("logs"));
            Path log = logs.resolve(title.replace(' ', '-') + ".log");
            return new Baseline(title, JavaProgram.start(jvmOptions(), program, environment, log), port);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Variables with which a service runs as in production: the JVM options of its image, and a collector. */
    Map<String, String> asShipped(Part service, Collector collector, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put(
                service.name() + "_JAVA_OPTS",
                Installation.OPTIMISED_AS_USUAL + " " + String.join(" ", jvmOptions())
                        + " -Dmanagement.opentelemetry.tracing.export.otlp.endpoint=" + collector.url());
        return settings;
    }

    /** The figures in the repository. */
    Path kept() {
        return repository.resolve("dev/load-tests/figures/edge").resolve(name + ".txt");
    }

    /** For a recording and its summaries. */
    Path profile() {
        return folder.resolve("profile");
    }

    /** What runs between the warm-up and the end of the measured load. */
    interface Load {
        void run(Rounds rounds) throws InterruptedException;
    }

    /** Warms all up, then gives the measured processes a processor and measures. */
    void measure(List<Subject> subjects, Load load) throws InterruptedException {
        System.out.println("Warming up on all processors");
        new WarmUp(options).run(subjects);
        var processes = new LinkedHashSet<Measured>();
        subjects.forEach(subject -> processes.add(subject.process()));
        try (Noise noise = machine.separate(new ArrayList<>(processes))) {
            System.out.println("Measuring");
            load.run(new Rounds(options, results, noise));
        } finally {
            processes.forEach(Measured::close);
            machine.share();
        }
    }
}
