package dev.frontdesk.loadtests.codes;

import dev.frontdesk.loadtests.figures.Figures;
import dev.frontdesk.loadtests.figures.Tally;
import dev.frontdesk.loadtests.http.Answer;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.load.Load.Ask;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.state.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * A burst of sign-ups, each from a different address, without and with as many other mails of the same tenant at the
 * same time. Prints how long each code took from the request to the mailbox. Exits with 1 if a response was wrong or a
 * code did not arrive.
 */
public final class CodeLoad {

    private static final Plan PLAN = new Plan(
            List.of(Part.POSTGRES, Part.REDIS, Part.KAFKA, Part.SMTP),
            List.of(Part.REGISTRATION, Part.NOTIFICATION, Part.GATEWAY),
            List.of(),
            Map.of(),
            // The warm-up of seven processes on a few cores is not part of the measurement.
            Map.of("REDIS_TIMEOUT", "2s"));

    private static final int SIGN_UPS = 300;
    private static final int MAILS = 300;
    private static final int WARM_UP = 60;

    /** Enough to keep every processor busy with hashes, and few enough that none of them waits long. */
    private static final int AT_ONCE = 8;

    /** A busy machine may answer 503; then people retry. */
    private static final Retry WHILE_BUSY =
            Retry.fixedDelay(5, Duration.ofSeconds(2)).filter(Busy.class::isInstance);

    /** The validity of a code. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Clients signingUp;
    private final Clients applications;
    private final Mailbox mailbox;
    private final Tally answers = new Tally();

    private CodeLoad(Installation installation) {
        String gateway = installation.url(Part.GATEWAY);
        String operatorKey = installation.secret(Secrets.OPERATOR_KEY);
        this.signingUp = new Clients(gateway, operatorKey, SIGN_UPS);
        this.applications = new Clients(gateway, operatorKey, MAILS);
        this.mailbox = new Mailbox(installation.inboxUrl());
    }

    /** @param arguments the repository, and a folder for data and logs */
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println(
                "Starting the stores, a mail server, registration-service, notification-service and gateway …");
        boolean right;
        try (var installation = Installation.start(Path.of(arguments[0]), Path.of(arguments[1]), PLAN)) {
            right = new CodeLoad(installation).run();
        }
        System.exit(right ? 0 : 1);
    }

    /** Each phase has its own tenant, so that the rate limit of one does not affect the next. */
    private boolean run() {
        System.out.println("Warming up");
        Flux.just("warm-up", "warm", "quiet")
                .concatMap(tenant -> new Ask("tenant", 201, () -> applications.addTenant(tenant)).into(answers))
                .blockLast();
        burst("warm-up", WARM_UP, 0, new Tally());
        burst("warm", WARM_UP, WARM_UP / 2, new Tally());
        System.out.printf("%d sign-ups%n", SIGN_UPS);
        var alone = burst("quiet", SIGN_UPS, 0, answers);
        System.out.printf("%d sign-ups beside %d other mails%n", SIGN_UPS, MAILS);
        var beside = burst("default", SIGN_UPS, MAILS, answers);
        return report(alone, beside);
    }

    private Tally burst(String tenant, int signUps, int mails, Tally tally) {
        Map<String, Instant> begun = new ConcurrentHashMap<>();
        var signingUp = Flux.range(0, signUps).flatMap(number -> signUp(number, tenant, tally, begun), AT_ONCE);
        var mailing =
                Flux.range(0, mails).flatMap(number -> mail(number, tenant).into(tally), AT_ONCE);
        Flux.merge(signingUp, mailing).blockLast();
        return times(
                begun,
                mailbox.arrivals(begun.keySet(), PATIENCE).blockOptional().orElseThrow());
    }

    /** @param begun when the successful requests were sent */
    private Mono<Boolean> signUp(int number, String tenant, Tally tally, Map<String, Instant> begun) {
        String email = "code-" + number + "@" + tenant + ".example.org";
        var start = new AtomicReference<>(Instant.now());
        var ask = new Ask(
                "sign-up",
                202,
                () -> patiently(() -> {
                    start.set(Instant.now());
                    return signingUp.signUp(number, tenant, email);
                }));
        return ask.into(tally).doOnNext(right -> {
            if (right) {
                begun.put(email, start.get());
            }
        });
    }

    private Ask mail(int number, String tenant) {
        String email = "news-" + number + "@" + tenant + ".example.org";
        return new Ask("mail", 202, () -> patiently(() -> applications.mail(number, tenant, email)));
    }

    private static Mono<Answer> patiently(Supplier<Mono<Answer>> request) {
        return Mono.defer(request)
                .flatMap(answer -> answer.status() == 503 ? Mono.<Answer>error(new Busy()) : Mono.just(answer))
                .retryWhen(WHILE_BUSY);
    }

    private static final class Busy extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Busy() {
            super("503", null, false, false);
        }
    }

    private static Tally times(Map<String, Instant> begun, Map<String, Instant> arrived) {
        var times = new Tally();
        begun.forEach((email, start) -> {
            Instant end = arrived.get(email);
            if (end == null) {
                times.failed("no code came for an address");
            } else {
                times.answered(Duration.between(start, end));
            }
        });
        return times;
    }

    private boolean report(Tally alone, Tally beside) {
        var figures = new Figures(System.out);
        for (var share : Map.of("p50", 0.5, "p99", 0.99, "max", 1.0).entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .toList()) {
            double baseline = alone.millis(share.getValue());
            figures.figure("code_alone_" + share.getKey(), baseline, "ms");
            figures.figure("code_beside_mails_" + share.getKey(), beside.millis(share.getValue()), "ms", baseline);
        }
        int failed = 0;
        for (Tally tally : List.of(answers, alone, beside)) {
            tally.failures().forEach((what, count) -> System.out.printf("FAILED %d times: %s%n", count, what));
            failed += tally.failed();
        }
        figures.figure("failed", failed, "requests");
        return failed == 0;
    }
}
