package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.figures.Figure;
import dev.frontdesk.loadtests.load.Connections;
import dev.frontdesk.loadtests.load.Requests;
import dev.frontdesk.loadtests.load.Sent;
import dev.frontdesk.loadtests.machine.FlightRecording;
import dev.frontdesk.loadtests.machine.Measured;
import dev.frontdesk.loadtests.machine.Measured.Used;
import dev.frontdesk.loadtests.machine.Noise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rounds of all subjects in turn: each with as much load as its connections can carry, then some at the same rate. */
final class Rounds {

    static final int CONNECTIONS = 32;

    /** The name of a figure. */
    static final String SAME_RATE = "same_rate";

    /** Not measured: fills the processor's caches again after another process has used them. */
    private static final Duration LEAD_IN = Duration.ofSeconds(1);

    /** 30 seconds of load, in parts shorter than the life of an assertion. */
    private static final int PROFILED = 3;

    private static final Duration PROFILED_FOR = Duration.ofSeconds(10);

    private final Options options;
    private final Results results;
    private final Noise noise;
    private final Map<Measured, Long> requests = new HashMap<>();

    Rounds(Options options, Results results, Noise noise) {
        this.options = options;
        this.results = results;
        this.noise = noise;
    }

    /** All requests to this process so far, also those that were not measured. */
    long requestsTo(Measured process) {
        return requests.getOrDefault(process, 0L);
    }

    void measure(List<Subject> subjects) {
        for (int round = 1; round <= options.rounds(); round++) {
            for (Subject subject : subjects) {
                Round measured = closed(subject);
                results.add(subject, measured);
                System.out.printf(
                        "  round %d of %d, %s: %.0f/s, %.0f us of processor, p50 %.0f us, p99 %.0f us, %.0f bytes%n",
                        round,
                        options.rounds(),
                        subject.name(),
                        measured.rate(),
                        measured.processor(),
                        measured.p50(),
                        measured.p99(),
                        measured.allocated());
            }
        }
    }

    /** @param rate requests a second, the same for all */
    void measureAt(double rate, List<Subject> subjects) {
        results.add(Figure.of(SAME_RATE, rate, "1/s", 0));
        for (int round = 1; round <= options.rounds(); round++) {
            for (Subject subject : subjects) {
                Sent sent = open(rate, subject);
                results.addSameRate(subject, sent.latencies());
                System.out.printf(
                        "  round %d of %d, %s at %.0f/s: p50 %.0f us, p99 %.0f us%n",
                        round,
                        options.rounds(),
                        subject.name(),
                        rate,
                        sent.latencies().micros(0.5),
                        sent.latencies().micros(0.99));
            }
        }
    }

    /** Each with half of what it can do, as it was measured before. */
    void measureAtHalf(List<Subject> subjects) {
        for (int round = 1; round <= options.rounds(); round++) {
            for (Subject subject : subjects) {
                double rate = results.rate(subject) / 2;
                Sent sent = open(rate, subject);
                results.addHalfRate(subject, sent.latencies());
                System.out.printf(
                        "  round %d of %d, %s at %.0f/s: p50 %.0f us, p95 %.0f us%n",
                        round,
                        options.rounds(),
                        subject.name(),
                        rate,
                        sent.latencies().micros(0.5),
                        sent.latencies().micros(0.95));
            }
        }
    }

    /** Records what the process of this subject does, if that was asked for. Its figures do not count from here on. */
    void profile(Subject subject, Path folder) {
        if (options.profile()) {
            System.out.println("Recording " + subject.name() + " into " + folder);
            FlightRecording.record(subject.process(), folder, () -> {
                for (int i = 0; i < PROFILED; i++) {
                    try (Connections connections = Connections.open(subject.port(), CONNECTIONS)) {
                        Requests bytes = subject.requests().get();
                        results.wrong(
                                subject,
                                connections
                                        .closed(PROFILED_FOR, subject.status(), bytes)
                                        .wrong());
                    }
                }
            });
        }
    }

    private Round closed(Subject subject) {
        try (Connections connections = Connections.open(subject.port(), CONNECTIONS);
                var _ = subject.beside().get()) {
            Requests bytes = subject.requests().get();
            leadIn(subject, connections, bytes);
            Noise.Snapshot quiet = noise.snapshot();
            Used before = subject.process().used();
            Sent sent = connections.closed(options.load(), subject.status(), bytes);
            Used used = subject.process().used().minus(before);
            count(subject, sent);
            results.noise(subject.name(), noise.since(quiet));
            return Round.of(sent, used);
        }
    }

    private Sent open(double rate, Subject subject) {
        try (Connections connections = Connections.open(subject.port(), CONNECTIONS)) {
            Requests bytes = subject.requests().get();
            leadIn(subject, connections, bytes);
            count(subject, connections.open(rate, LEAD_IN, subject.status(), bytes));
            Noise.Snapshot quiet = noise.snapshot();
            Sent sent = connections.open(rate, options.load(), subject.status(), bytes);
            count(subject, sent);
            results.noise(subject.name(), noise.since(quiet));
            return sent;
        }
    }

    private void leadIn(Subject subject, Connections connections, Requests bytes) {
        long sent = 0;
        while (sent < subject.leadIn()) {
            Sent some = connections.closed(LEAD_IN, subject.status(), bytes);
            count(subject, some);
            sent += some.requests();
        }
    }

    private void count(Subject subject, Sent sent) {
        requests.merge(subject.process(), sent.requests(), Long::sum);
        results.wrong(subject, sent.wrong());
    }
}
