package dev.frontdesk.loadtests.machine;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** A process whose use of the machine is measured. */
public final class Measured implements AutoCloseable {

    private final String title;
    private final ProcessHandle process;
    private final boolean baseline;
    private final boolean java;
    private @Nullable JMXConnector connector;
    private @Nullable MBeanServerConnection beans;

    private Measured(String title, ProcessHandle process, boolean baseline, boolean java) {
        this.title = title;
        this.process = process;
        this.baseline = baseline;
        this.java = java;
    }

    public static Measured ours(String title, ProcessHandle process) {
        return new Measured(title, process, false, true);
    }

    public static Measured baseline(String title, ProcessHandle process) {
        return new Measured(title, process, true, true);
    }

    /** Without a JVM: nothing is compiled, and no allocated bytes are known. */
    public static Measured compiled(String title, ProcessHandle process) {
        return new Measured(title, process, true, false);
    }

    public boolean isJava() {
        return java;
    }

    /**
     * What the process has used since its start.
     *
     * @param processor of all its threads, also of those that have ended; in steps of the kernel's clock tick, 10 ms
     * @param allocated bytes of all threads, also of those that have ended
     */
    public record Used(Duration processor, long allocated) {

        public Used minus(Used before) {
            return new Used(processor.minus(before.processor), allocated - before.allocated);
        }
    }

    public String title() {
        return title;
    }

    public boolean isBaseline() {
        return baseline;
    }

    public ProcessHandle process() {
        return process;
    }

    /** The management agent makes threads and garbage of its own, so it starts only after the warm-up. */
    @SuppressWarnings("BanJNDI") // The address is that of the agent which was just started in a process of ours.
    public void attach() {
        if (!java) {
            return;
        }
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                beans = connector.getMBeanServerConnection();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException("Can't attach to " + title, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Duration processor() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public Used used() {
        return new Used(processor(), allocated());
    }

    private long allocated() {
        if (beans == null) {
            return 0;
        }
        try {
            return (Long) beans.getAttribute(
                    new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME), "TotalThreadAllocatedBytes");
        } catch (JMException e) {
            throw new IllegalStateException("No allocated bytes of " + title, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Collects all garbage first.
     *
     * @return megabytes of heap in use
     */
    public double heapAfterCollection() {
        try {
            MBeanServerConnection jvm = Objects.requireNonNull(beans, "not attached");
            var memory = new ObjectName(ManagementFactory.MEMORY_MXBEAN_NAME);
            jvm.invoke(memory, "gc", null, null);
            var used = MemoryUsage.from((CompositeData) jvm.getAttribute(memory, "HeapMemoryUsage"));
            return used.getUsed() / (1024.0 * 1024);
        } catch (JMException e) {
            throw new IllegalStateException("No heap of " + title, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return megabytes of resident memory now; not a number without /proc */
    public double resident() {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException notLinux) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        try {
            if (connector != null) {
                connector.close();
            }
        } catch (IOException ended) {
            // With the process.
        }
    }
}
