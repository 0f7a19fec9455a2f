package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.machine.Cores;
import dev.frontdesk.loadtests.machine.Measured;
import dev.frontdesk.loadtests.machine.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The processors of this machine: first shared by all processes, then one for the measured processes. */
final class Machine {

    private final Cores cores = Cores.find();

    boolean pins() {
        return cores.pins();
    }

    /** Processor, number of processors, kernel and JDK. */
    static String description() {
        String processor = "unknown processor";
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            processor = lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(processor);
        } catch (IOException notLinux) {
            // Not known.
        }
        return "%d x %s, %s %s, JDK %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version());
    }

    /**
     * From here on the measured processes have a processor, each while the others are idle, and everything else that
     * this process has started has another one.
     */
    Noise separate(List<Measured> measured) {
        measured.forEach(Measured::attach);
        return separateProcesses(measured.stream().map(Measured::process).toList());
    }

    /** The same for processes that are no Java. */
    Noise separateProcesses(List<ProcessHandle> measured) {
        cores.pin(ProcessHandle.current(), cores.forLoad());
        measured.forEach(process -> cores.pin(process, cores.forMeasured()));
        return new Noise(cores, Machine::processor);
    }

    /** The next processes warm up on all processors. */
    void share() {
        cores.release(ProcessHandle.current());
    }

    /** Of this process and all that it has started. */
    private static Duration processor() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
