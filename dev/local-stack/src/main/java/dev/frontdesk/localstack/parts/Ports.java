package dev.frontdesk.localstack.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The ports of one stack, all different. */
public record Ports(Map<Port, Integer> numbers) {

    private static final int PROBE_MS = 300;

    public Ports {
        numbers = Map.copyOf(numbers);
        if (numbers.size() != Port.values().length) {
            throw new IllegalArgumentException("a port is missing");
        }
        Map<Integer, Port> users = new HashMap<>();
        for (Port port : Port.values()) {
            Port other = users.put(Objects.requireNonNull(numbers.get(port)), port);
            if (other != null) {
                throw new WrongPort("%s and %s are both %d: each part needs a port of its own"
                        .formatted(other.variable(), port.variable(), numbers.get(port)));
            }
        }
    }

    /** The defaults, unless the environment sets others. */
    public static Ports from(Map<String, String> environment) {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            String chosen = environment.getOrDefault(port.variable(), "").trim();
            numbers.put(port, chosen.isEmpty() ? port.usual() : parse(port, chosen));
        }
        return new Ports(numbers);
    }

    private static int parse(Port port, String chosen) {
        try {
            int number = Integer.parseInt(chosen);
            if (number > 0 && number < 65536) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new WrongPort(port.variable() + " is \"" + chosen + "\", which is not a port number");
    }

    public int of(Port port) {
        return Objects.requireNonNull(numbers.get(port));
    }

    public int of(Part part) {
        return of(Port.of(part));
    }

    /** The first port of these parts that another program listens on. */
    public Optional<Port> taken(Collection<Part> parts) {
        for (Port port : Port.values()) {
            if (parts.contains(port.part()) && isTaken(of(port))) {
                return Optional.of(port);
            }
        }
        return Optional.empty();
    }

    /** Whether a program listens there now: on 127.0.0.1, or on every address of this machine. */
    public static boolean isTaken(int number) {
        // macOS lets two programs listen, one on every address and one on this address: so a bind alone does not detect
        // it.
        return answers(number) || !canListen(number);
    }

    public static boolean answers(int number) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), PROBE_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean canListen(int number) {
        try (ServerSocket socket = new ServerSocket(number, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
