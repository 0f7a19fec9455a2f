package dev.frontdesk.loadtests.restart;

import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.figures.Tally;
import dev.frontdesk.loadtests.http.Frontdesk;
import dev.frontdesk.loadtests.http.Target;
import dev.frontdesk.loadtests.traffic.Phase;
import dev.frontdesk.loadtests.traffic.Traffic;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Sends steady traffic, first for a while as a baseline, then while the commands that restart the services run one
 * after the other. Exits with 1 if anything failed.
 */
public final class RollingRestart {

    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration BASELINE = Duration.ofSeconds(60);
    private static final Duration AFTERWARDS = Duration.ofSeconds(15);

    private final Traffic traffic;
    private final Phase phase;
    private final PrintStream out;

    private RollingRestart(Traffic traffic, Phase phase, PrintStream out) {
        this.traffic = traffic;
        this.phase = phase;
        this.out = out;
    }

    /** @param commands each a bash command that ends when one service is restarted, for example with kubectl */
    public static void main(String[] commands) throws IOException, InterruptedException {
        var target = Target.from(System.getenv());
        var phase = new Phase();
        System.out.println("Signing up at " + target + " …");
        var traffic = Traffic.prepare(new Frontdesk(target), phase).block();
        if (traffic == null || !new RollingRestart(traffic, phase, System.out).run(List.of(commands))) {
            System.exit(1);
        }
        System.exit(0);
    }

    /** @return whether nothing failed */
    private boolean run(List<String> commands) throws IOException, InterruptedException {
        traffic.start();
        tell("Warming up for %s s", WARM_UP.toSeconds());
        pass(WARM_UP);
        tell("The baseline: %s s without a restart", BASELINE.toSeconds());
        Tally calm = phase.begin();
        pass(BASELINE);
        Tally restarting = phase.begin();
        long start = System.nanoTime();
        for (String command : commands) {
            tell("%s", command);
            Process restart =
                    new ProcessBuilder("bash", "-c", command).inheritIO().start();
            if (restart.waitFor() != 0) {
                restarting.failed("the command failed: " + command);
            }
            tell("So far %s requests, %s failed", restarting.asked(), restarting.failed());
        }
        pass(AFTERWARDS);
        traffic.stop().block();
        report(calm, restarting, Duration.ofNanos(System.nanoTime() - start));
        return calm.failed() == 0 && restarting.failed() == 0;
    }

    private void report(Tally calm, Tally restarting, Duration took) {
        calm.failures().forEach((what, count) -> tell("FAILED in the baseline %s times: %s", count, what));
        restarting.failures().forEach((what, count) -> tell("FAILED in the restarts %s times: %s", count, what));
        var figures = new Figures(out);
        figures.figure("restart_duration", took.toSeconds(), "s");
        figures.figure("requests_baseline", calm.asked(), "requests");
        figures.figure("requests_restarting", restarting.asked(), "requests");
        figures.figure("failed_baseline", calm.failed(), "requests");
        figures.figure("failed_restarting", restarting.failed(), "requests", calm.failed());
        figures.figure("median_restarting", restarting.millis(0.5), "ms", calm.millis(0.5));
        figures.figure("p99_restarting", restarting.millis(0.99), "ms", calm.millis(0.99));
        figures.figure("sockets", traffic.sockets(), "sockets");
        figures.figure("sockets_told_to_come_back", traffic.reconnects(), "times");
    }

    private void tell(String format, Object... parts) {
        out.printf(format + "%n", parts);
    }

    /** The traffic runs on its own threads; this thread only waits. */
    private static void pass(Duration time) {
        Mono.delay(time).block();
    }
}
