package dev.frontdesk.localstack.state;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.parts.Ports;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was started last, on which ports, and by whom. Written after every start of a process, so that whatever ends the
 * launcher, the next one knows what it left behind.
 *
 * @param launcher the launcher that watches, or that is starting; empty once it let go of a detached stack
 * @param ports of that start
 * @param parts the processes that it started, dead or alive
 */
public record StackState(Optional<ProcessIdentity> launcher, Ports ports, Map<Part, ProcessIdentity> parts) {

    public StackState {
        Map<Part, ProcessIdentity> ordered = new EnumMap<>(Part.class);
        ordered.putAll(parts);
        parts = Collections.unmodifiableMap(ordered);
    }

    /** Empty if nothing was started, or everything was stopped in order. */
    public static Optional<StackState> of(Home home) {
        Map<String, String> values = PropertiesFile.read(home.state());
        if (values.isEmpty()) {
            return Optional.empty();
        }
        Map<Part, ProcessIdentity> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            ProcessIdentity.parse(values.getOrDefault("process." + part.title(), ""))
                    .ifPresent(process -> parts.put(part, process));
        }
        return Optional.of(
                new StackState(ProcessIdentity.parse(values.getOrDefault("launcher", "")), Ports.from(values), parts));
    }

    public void writeTo(Home home) {
        Map<String, String> values = new LinkedHashMap<>();
        launcher.ifPresent(process -> values.put("launcher", process.toString()));
        for (Port port : Port.values()) {
            values.put(port.variable(), Integer.toString(ports.of(port)));
        }
        parts.forEach((part, process) -> values.put("process." + part.title(), process.toString()));
        PropertiesFile.write(home.state(), values);
    }

    public static void clear(Home home) {
        PropertiesFile.write(home.state(), Map.of());
    }

    /** The parts of this stack, started or not, in the order in which they are shown. */
    public List<Part> members() {
        return Arrays.stream(Part.values())
                .filter(part -> !part.isOptional() || parts.containsKey(part))
                .toList();
    }

    /** The parts that are still running. */
    public Map<Part, ProcessIdentity> alive() {
        Map<Part, ProcessIdentity> alive = new EnumMap<>(Part.class);
        parts.forEach((part, process) -> {
            if (process.isAlive()) {
                alive.put(part, process);
            }
        });
        return alive;
    }

    public StackState with(Part part, ProcessIdentity process) {
        Map<Part, ProcessIdentity> more = new EnumMap<>(Part.class);
        more.putAll(parts);
        more.put(part, process);
        return new StackState(launcher, ports, more);
    }

    /** The stack continues without a launcher. */
    public StackState detached() {
        return new StackState(Optional.empty(), ports, parts);
    }
}
