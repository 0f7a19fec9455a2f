package dev.frontdesk.loadtests.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Whether something else slowed a measurement down: the processor time that the host withheld (steal) or that other
 * processes used, and a fixed calculation on both processors that takes longer than before.
 */
public final class Noise implements AutoCloseable {

    private static final Path STAT = Path.of("/proc/stat");
    /** Shares of one processor, and of the calculation's best time. */
    private static final double TOLERATED_STEAL = 0.02;

    private static final double TOLERATED_OTHERS = 0.05;
    private static final double TOLERATED_SLOWDOWN = 0.10;
    private static final int REPEATED = 5;
    private static final int STEPS = 8_000_000;
    private static final double TICKS_PER_SECOND = 100;

    private final Supplier<Duration> ours;
    private final List<ExecutorService> threads = new ArrayList<>();
    private final List<Double> best = new ArrayList<>();

    /**
     * @param cores where the calculation runs
     * @param ours processor time of all processes of the measurement
     */
    public Noise(Cores cores, Supplier<Duration> ours) {
        this.ours = ours;
        for (int core : cores.pins() ? List.of(cores.forLoad(), cores.forMeasured()) : List.<Integer>of()) {
            ExecutorService thread = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("calculation-" + core).factory());
            threads.add(thread);
            best.add(Double.POSITIVE_INFINITY);
            get(thread.submit(() -> {
                cores.pinThisThread(core);
                return null;
            }));
        }
        for (int i = 0; i < REPEATED; i++) {
            slowdown();
        }
    }

    /** The kernel's counters at one time. */
    public record Snapshot(long nanos, double steal, double busy, Duration ours) {}

    public Snapshot snapshot() {
        double steal = Double.NaN;
        double busy = Double.NaN;
        try (var lines = Files.lines(STAT)) {
            String[] ticks = lines.findFirst().orElseThrow().split(" +");
            busy = (Long.parseLong(ticks[1]) + Long.parseLong(ticks[2]) + Long.parseLong(ticks[3])) / TICKS_PER_SECOND;
            steal = Long.parseLong(ticks[8]) / TICKS_PER_SECOND;
        } catch (IOException notLinux) {
            // Nothing is known.
        }
        return new Snapshot(System.nanoTime(), steal, busy, ours.get());
    }

    /** @return what disturbed the time since the snapshot; empty if nothing did */
    public List<String> since(Snapshot before) {
        Snapshot now = snapshot();
        double seconds = (now.nanos() - before.nanos()) / 1e9;
        double steal = (now.steal() - before.steal()) / seconds;
        double used = now.ours().minus(before.ours()).toNanos() / 1e9;
        double others = (now.busy() - before.busy() - used) / seconds;
        double slowdown = slowdown();
        var noise = new ArrayList<String>();
        add(noise, "the host withheld", steal, TOLERATED_STEAL, "of a processor");
        add(noise, "other processes used", others, TOLERATED_OTHERS, "of a processor");
        add(noise, "a fixed calculation took", slowdown, TOLERATED_SLOWDOWN, "longer");
        return noise;
    }

    private static void add(List<String> noise, String what, double share, double tolerated, String ofWhat) {
        if (share > tolerated) {
            noise.add(String.format(Locale.ROOT, "%s %.0f %% %s", what, 100 * share, ofWhat));
        }
    }

    /** @return the share by which the calculation takes longer than its best time so far, on the slower processor */
    private double slowdown() {
        double worst = 0;
        for (int i = 0; i < threads.size(); i++) {
            double took = Double.POSITIVE_INFINITY;
            for (int attempt = 0; attempt < REPEATED; attempt++) {
                took = Math.min(took, get(threads.get(i).submit((Callable<Double>) Noise::calculate)));
            }
            best.set(i, Math.min(best.get(i), took));
            worst = Math.max(worst, took / best.get(i) - 1);
        }
        return worst;
    }

    private static double calculate() {
        long start = System.nanoTime();
        long value = start;
        for (int i = 0; i < STEPS; i++) {
            value = value * 6364136223846793005L + 1442695040888963407L;
        }
        // The result is used, so that the loop is not removed.
        return value == 0 ? Double.NaN : System.nanoTime() - start;
    }

    private static <T> T get(Future<T> result) {
        try {
            return result.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdownNow);
    }
}
