package dev.frontdesk.localstack.launcher;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.servers.Signals;
import dev.frontdesk.localstack.state.ProcessIdentity;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Stops processes in order: users of a part before the part. Each group gets a signal, and is killed after a timeout.
 */
final class Ending {

    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final Console console;

    Ending(Console console) {
        this.console = console;
    }

    /** @return whether all of them have ended */
    boolean end(Map<Part, ProcessIdentity> processes) {
        boolean gone = true;
        for (var group : Part.ENDING) {
            Map<Part, ProcessIdentity> alive = new EnumMap<>(Part.class);
            for (Part part : group) {
                ProcessIdentity process = processes.get(part);
                if (process != null && process.isAlive()) {
                    alive.put(part, process);
                }
            }
            gone &= endTogether(alive);
        }
        return gone;
    }

    private boolean endTogether(Map<Part, ProcessIdentity> alive) {
        long began = System.nanoTime();
        alive.forEach((part, process) -> {
            Signals.send(process.pid(), part.endSignal());
            // A paused process receives the signal only after it continues.
            Signals.send(process.pid(), "CONT");
        });
        await(alive, BOUND, "ended", began);
        alive.values().forEach(process -> Signals.send(process.pid(), "KILL"));
        await(alive, AFTER_KILL, "killed", began);
        alive.forEach((part, process) ->
                console.problem(part.title() + " cannot be stopped: process " + process.pid() + " stays"));
        return alive.isEmpty();
    }

    /** Removes ended processes from the map. */
    private void await(Map<Part, ProcessIdentity> alive, Duration bound, String how, long began) {
        long end = System.nanoTime() + bound.toNanos();
        while (!alive.isEmpty() && System.nanoTime() < end) {
            alive.entrySet().removeIf(entry -> {
                boolean ended = !entry.getValue().isAlive();
                if (ended) {
                    console.step(entry.getKey().title(), how, Duration.ofNanos(System.nanoTime() - began));
                }
                return ended;
            });
            Pause.briefly();
        }
    }
}
