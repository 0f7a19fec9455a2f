package dev.frontdesk.loadtests.edge;

import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.installation.Installation.Plan;
import dev.frontdesk.loadtests.load.Requests;
import dev.frontdesk.loadtests.machine.JavaProgram;
import dev.frontdesk.loadtests.machine.Measured;
import dev.frontdesk.loadtests.sessions.BareLookUp;
import dev.frontdesk.loadtests.sessions.Neighbours;
import dev.frontdesk.loadtests.sessions.Visitors;
import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.servers.FreePorts;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Introspections at session-service, as the gateway requests them, beside a handler that only reads one hash. */
final class IntrospectionSection {

    private static final int SESSIONS = 1000;
    private static final int LOGINS_AT_ONCE = 4;

    private final Section section;
    private final Installation installation;
    private final Collector collector;
    private final Identities identities;

    private IntrospectionSection(Section section, Installation installation, Collector collector) {
        this.section = section;
        this.installation = installation;
        this.collector = collector;
        this.identities = new Identities(installation);
    }

    static void measure(Section section) throws InterruptedException {
        System.out.println("Starting the stores, session-service and its baseline …");
        int port = FreePorts.next();
        try (var neighbours = new Neighbours();
                var collector = new Collector();
                var installation = Installation.start(
                        section.repository(), section.folder(), plan(section, neighbours, collector));
                var bare = section.start(
                        "the bare look-up",
                        port,
                        JavaProgram.ofClass(BareLookUp.class, installation.redisUrl(), Integer.toString(port)),
                        Map.of())) {
            new IntrospectionSection(section, installation, collector).run(bare);
        }
    }

    private static Plan plan(Section section, Neighbours neighbours, Collector collector) {
        return new Plan(
                List.of(Part.REDIS, Part.KAFKA),
                List.of(Part.SESSION),
                List.of(),
                Map.of(Port.REGISTRATION, neighbours.registrationPort()),
                section.asShipped(Part.SESSION, collector, Map.of()));
    }

    private void run(Baseline baseline) throws InterruptedException {
        Measured bare = baseline.ready();
        Measured ours = Measured.ours("session-service", installation.process(Part.SESSION));
        List<String> tokens =
                new Visitors(installation, "").openSessions(Identities.TENANT, accounts(), LOGINS_AT_ONCE);

        var few = List.of(
                lookUps("bare_look_up", bare, baseline.port(), SESSIONS, tokens::get),
                introspections("introspection", "bare_look_up", ours, SESSIONS, tokens::get));
        section.measure(few, rounds -> {
            var asShipped = AsShipped.watch(installation, Part.SESSION, collector);
            rounds.measure(few);
            IntFunction<String> clones = ManySessions.cloned(installation.redisUrl(), tokens.getFirst());
            rounds.measure(List.of(
                    lookUps("bare_look_up_of_million", bare, baseline.port(), ManySessions.COUNT, clones),
                    introspections(
                            "introspection_of_million", "bare_look_up_of_million", ours, ManySessions.COUNT, clones)));
            asShipped.check(rounds.requestsTo(ours), section.results());
            rounds.profile(few.getLast(), section.profile());
        });
    }

    private Subject lookUps(String name, Measured process, int port, int count, IntFunction<String> token) {
        return new Subject(
                name,
                "",
                process,
                port,
                200,
                () -> Requests.numbered(count, i -> Requests.get("/" + Visitors.keyOf(token.apply(i)), Map.of())));
    }

    private Subject introspections(
            String name, String baseline, Measured process, int count, IntFunction<String> token) {
        return new Subject(name, baseline, process, installation.port(Part.SESSION), 200, () -> {
            Map<String, String> headers = identities.headers(
                    new Caller.Service(Identities.TENANT, "gateway"),
                    Map.of("Content-Type", "application/x-www-form-urlencoded"));
            return Requests.numbered(
                    count,
                    i -> Requests.bytes(
                            "POST",
                            IntrospectionRequest.PATH,
                            headers,
                            IntrospectionRequest.TOKEN + "=" + token.apply(i)));
        });
    }

    private static List<String> accounts() {
        return IntStream.range(0, SESSIONS)
                .mapToObj(i -> "edge-" + i + "@example.org")
                .toList();
    }
}
