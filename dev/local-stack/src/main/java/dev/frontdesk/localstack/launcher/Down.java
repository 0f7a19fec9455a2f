package dev.frontdesk.localstack.launcher;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.servers.Signals;
import dev.frontdesk.localstack.state.Home;
import dev.frontdesk.localstack.state.ProcessIdentity;
import dev.frontdesk.localstack.state.StackLock;
import dev.frontdesk.localstack.state.StackState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stops the stack, also one that another launcher started. Succeeds if nothing is running. */
record Down(Home home, Console console) {

    /** Longer than a launcher needs to stop its stack when every group has to be killed. */
    private static final Duration LAUNCHER_WITHIN = Duration.ofSeconds(110);

    int run() {
        Map<Part, ProcessIdentity> running = alive();
        Optional<StackLock> lock = StackLock.tryTake(home);
        if (lock.isEmpty()) {
            lock = askLauncher();
        }
        if (lock.isEmpty()) {
            console.problem("another dev/up or dev/down is still using " + home.folder());
            return 1;
        }
        try (StackLock held = lock.get()) {
            boolean gone = new Ending(console).end(alive());
            if (gone) {
                StackState.clear(home);
                console.say(running.isEmpty() ? "Nothing is running." : "Stopped " + titles(running) + ".");
            }
            return gone ? 0 : 1;
        }
    }

    private Map<Part, ProcessIdentity> alive() {
        return StackState.of(home).map(StackState::alive).orElse(Map.of());
    }

    private static String titles(Map<Part, ProcessIdentity> parts) {
        return parts.keySet().stream().map(Part::title).collect(Collectors.joining(", "));
    }

    /** An attached launcher stops its stack itself, in order. */
    private Optional<StackLock> askLauncher() {
        StackState.of(home)
                .flatMap(StackState::launcher)
                .filter(ProcessIdentity::isAlive)
                .ifPresent(launcher -> {
                    console.say("Asking the attached dev/up to stop (process " + launcher.pid() + ")");
                    Signals.send(launcher.pid(), "TERM");
                });
        long end = System.nanoTime() + LAUNCHER_WITHIN.toNanos();
        Optional<StackLock> lock = Optional.empty();
        while (lock.isEmpty() && System.nanoTime() < end) {
            Pause.briefly();
            lock = StackLock.tryTake(home);
        }
        return lock;
    }
}
