package dev.frontdesk.localstack.launcher;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.processes.Environment;
import dev.frontdesk.localstack.processes.Health;
import dev.frontdesk.localstack.state.Home;
import dev.frontdesk.localstack.state.ProcessIdentity;
import dev.frontdesk.localstack.state.Secrets;
import dev.frontdesk.localstack.state.StackState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Prints what is running. */
record Status(Home home, Console console) {

    private static final String RUNS = "runs";

    /** @return 0 if every part runs and answers */
    int print() {
        Optional<StackState> known = StackState.of(home);
        if (known.isEmpty()) {
            console.say("Nothing is running.");
            return 1;
        }
        StackState state = known.get();
        Map<Part, String> words = words(state);
        Table table = new Table("part", "pid", "port", "management", "state", "uptime", "memory");
        long total = 0;
        for (Part part : state.members()) {
            Optional<ProcessIdentity> process =
                    Optional.ofNullable(state.parts().get(part)).filter(ProcessIdentity::isAlive);
            long memory =
                    process.map(alive -> Memory.residentMegabytes(alive.pid())).orElse(0L);
            total += memory;
            table.row(
                    part.title(),
                    process.map(alive -> Long.toString(alive.pid())).orElse("-"),
                    Integer.toString(state.ports().of(part)),
                    Port.managementOf(part)
                            .map(port -> Integer.toString(state.ports().of(port)))
                            .orElse("-"),
                    String.valueOf(words.get(part)),
                    process.map(Status::uptime).orElse("-"),
                    process.map(alive -> memory + " MB").orElse("-"));
        }
        table.row("all", "", "", "", "", "", total + " MB");
        console.say(table.toString());
        return words.values().stream().allMatch(RUNS::equals) ? 0 : 1;
    }

    /** @return 0 if a stack was started */
    int printEnvironment() {
        Optional<StackState> known = StackState.of(home);
        if (known.isEmpty()) {
            console.problem("nothing is running: start it with dev/up");
            return 1;
        }
        StackState state = known.get();
        Secrets secrets = Secrets.of(home);
        Environment environment = new Environment(state.ports(), secrets);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("GATEWAY_URL", environment.gatewayUrl());
        values.put("INBOX_URL", environment.inboxUrl());
        values.put("OPERATOR_KEY", secrets.get(Secrets.OPERATOR_KEY));
        values.put("POSTGRES_URL", environment.postgresUrl());
        values.put("REDIS_URL", environment.redisUrl());
        values.put("KAFKA_SERVERS", environment.kafkaServers());
        values.put("SMTP_PORT", Integer.toString(state.ports().of(Port.SMTP)));
        if (state.parts().containsKey(Part.SAMPLE)) {
            values.put("SAMPLE_URL", environment.sampleUrl());
        }
        for (Part service : Part.services()) {
            Port.managementOf(service)
                    .ifPresent(port -> values.put(
                            port.variable(), Integer.toString(state.ports().of(port))));
        }
        state.parts().forEach((part, process) -> values.put("PID_" + part, Long.toString(process.pid())));
        values.forEach((name, value) -> console.say(name + "=" + value));
        return 0;
    }

    private static Map<Part, String> words(StackState state) {
        Map<Part, CompletableFuture<String>> asked = new EnumMap<>(Part.class);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Part part : state.members()) {
                asked.put(part, CompletableFuture.supplyAsync(() -> word(part, state), threads));
            }
        }
        Map<Part, String> words = new EnumMap<>(Part.class);
        asked.forEach((part, word) -> words.put(part, word.join()));
        return words;
    }

    private static String word(Part part, StackState state) {
        ProcessIdentity process = state.parts().get(part);
        if (process == null) {
            return "not started";
        }
        if (!process.isAlive()) {
            return "ended";
        }
        return Health.answers(part, state.ports()) ? RUNS : "silent";
    }

    private static String uptime(ProcessIdentity process) {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().startInstant())
                .map(start -> Duration.between(start, Instant.now()))
                .map(up -> "%d:%02d:%02d".formatted(up.toHours(), up.toMinutesPart(), up.toSecondsPart()))
                .orElse("?");
    }
}
