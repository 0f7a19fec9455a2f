package dev.frontdesk.loadtests.signups;

import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.figures.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results of the rounds. */
final class Measured {

    final List<Double> hashes = new ArrayList<>();
    final List<Double> registrations = new ArrayList<>();
    final List<Double> verifications = new ArrayList<>();
    final List<Double> logins = new ArrayList<>();

    final Tally answers = new Tally();
    final Tally calm = new Tally();
    final Tally probesOfSignUps = new Tally();
    final Tally probesOfLogins = new Tally();

    String newest() {
        return String.format(
                Locale.ROOT,
                "%.1f hashes/s, %.1f registrations/s, %.1f verifications/s, %.1f logins/s",
                hashes.getLast(),
                registrations.getLast(),
                verifications.getLast(),
                logins.getLast());
    }

    /** @return whether every response was right */
    boolean report(Figures figures, int processors, double residentBefore, double residentAtMost) {
        double baseline = median(hashes);
        figures.figure("hashes_alone_" + processors + "_threads", baseline, "1/s");
        figures.figure("registrations", median(registrations), "1/s", baseline);
        figures.figure("logins", median(logins), "1/s", baseline);
        figures.figure("p99_beside_nothing", calm.millis(0.99), "ms");
        figures.figure("p99_beside_registrations", probesOfSignUps.millis(0.99), "ms", calm.millis(0.99));
        figures.figure("p99_beside_logins", probesOfLogins.millis(0.99), "ms", calm.millis(0.99));
        figures.figure("verifications", median(verifications), "1/s");
        figures.figure("resident_at_most", residentAtMost, "MB", residentBefore);
        int failed = 0;
        for (Tally tally : List.of(answers, calm, probesOfSignUps, probesOfLogins)) {
            tally.failures().forEach((what, count) -> System.out.printf("FAILED %d times: %s%n", count, what));
            failed += tally.failed();
        }
        figures.figure("failed", failed, "requests");
        return failed == 0;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
