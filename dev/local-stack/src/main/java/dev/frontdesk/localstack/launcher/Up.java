package dev.frontdesk.localstack.launcher;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.parts.Ports;
import dev.frontdesk.localstack.processes.Environment;
import dev.frontdesk.localstack.processes.Starters;
import dev.frontdesk.localstack.servers.ServerFailed;
import dev.frontdesk.localstack.state.Home;
import dev.frontdesk.localstack.state.ProcessIdentity;
import dev.frontdesk.localstack.state.Secrets;
import dev.frontdesk.localstack.state.StackLock;
import dev.frontdesk.localstack.state.StackState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Starts the stack, then watches it until a stop is requested or a part ends; or, detached, leaves it running.
 *
 * @param repository where the services' modules are
 * @param environment of the caller; the services inherit it
 * @param sample whether the sample application is started, too
 */
record Up(
        Path repository,
        Home home,
        Map<String, String> environment,
        Console console,
        boolean fresh,
        boolean detach,
        boolean sample) {

    int run() {
        Ports ports = Ports.from(environment);
        Duration bound = startTimeout();
        Optional<StackLock> lock = StackLock.tryTake(home);
        if (lock.isEmpty()) {
            console.problem("the stack in " + home.folder() + " is already used by another dev/up or dev/down"
                    + launcher() + ": stop it with Ctrl-C there, or with dev/down");
            return 1;
        }
        try (StackLock held = lock.get()) {
            return start(ports, bound);
        }
    }

    private int start(Ports ports, Duration bound) {
        long began = System.nanoTime();
        if (!endWhatRuns()) {
            return 1;
        }
        if (fresh) {
            home.wipe();
        }
        List<Part> members = sample ? List.of(Part.values()) : Part.required();
        Optional<Port> taken = ports.taken(members);
        if (taken.isPresent()) {
            Port port = taken.get();
            console.problem("port %d of %s is used by another program: stop it, or choose another port with %s"
                    .formatted(ports.of(port), port.part().title(), port.variable()));
            return 1;
        }
        Secrets secrets = Secrets.of(home);
        var addresses = new Environment(ports, secrets);
        var application = new SampleApplication(addresses, secrets, bound);
        if (sample) {
            application.announce();
        }
        Stack stack = new Stack(
                home,
                new Starters(home, ports, secrets, repository, environment),
                console,
                bound,
                new StackState(Optional.of(ProcessIdentity.self()), ports, Map.of()));
        StopOnSignal signal = StopOnSignal.of(stack, console);
        try {
            console.say("Starting Frontdesk in " + home.folder());
            List<Part> withJar = members.stream().filter(Part::hasJar).toList();
            CompletableFuture<Void> prepared = stack.prepare(withJar);
            stack.start(Part.infrastructure());
            stack.await(prepared, Set.copyOf(withJar));
            stack.start(Part.services());
            if (sample) {
                application.getKey();
                stack.start(List.of(Part.SAMPLE));
                application.putRoute();
            }
            console.say(
                    new Overview(home, addresses, secrets, members).text(Duration.ofNanos(System.nanoTime() - began)));
            Train.begin(repository, home, environment);
            if (detach) {
                stack.letGo();
                signal.forget();
                return 0;
            }
            console.say("Ctrl-C stops all of it.");
            stack.watch();
            throw new ServerFailed("the terminal or script that started dev/up has ended");
        } catch (RuntimeException e) {
            signal.giveWay();
            console.problem(String.valueOf(e.getMessage()));
            console.say("Stopping the rest");
            stack.end();
            return 1;
        }
    }

    /** The previous holder of the lock is dead or has detached its stack: its running processes are stopped here. */
    private boolean endWhatRuns() {
        Optional<StackState> last = StackState.of(home);
        Map<Part, ProcessIdentity> alive = last.map(StackState::alive).orElse(Map.of());
        if (alive.isEmpty()) {
            return true;
        }
        boolean wasLeft = last.flatMap(StackState::launcher).isPresent();
        console.say((wasLeft ? "Stopping what a killed launcher left running: " : "Stopping the detached stack: ")
                + alive.entrySet().stream()
                        .map(entry ->
                                entry.getKey().title() + " (" + entry.getValue().pid() + ")")
                        .collect(Collectors.joining(", ")));
        boolean gone = new Ending(console).end(alive);
        if (gone) {
            StackState.clear(home);
        }
        return gone;
    }

    private String launcher() {
        return StackState.of(home)
                .flatMap(StackState::launcher)
                .map(process -> " (process " + process.pid() + ")")
                .orElse("");
    }

    private Duration startTimeout() {
        String seconds = environment.getOrDefault("FRONTDESK_START_TIMEOUT", "").trim();
        try {
            return Duration.ofSeconds(seconds.isEmpty() ? 120 : Integer.parseUnsignedInt(seconds));
        } catch (NumberFormatException e) {
            throw new ServerFailed("FRONTDESK_START_TIMEOUT is \"" + seconds + "\", not a number of seconds", e);
        }
    }
}
