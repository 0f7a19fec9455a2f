package dev.frontdesk.endtoend.stack;

import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.parts.Ports;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports for a whole stack, below those that operating systems use for outgoing connections. */
final class OwnPorts {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 30_000;

    private OwnPorts() {}

    /** The environment variables that make dev/up use these ports. */
    static Map<String, String> choose() {
        Map<String, String> variables = new HashMap<>();
        int next = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        for (Port port : Port.values()) {
            while (Ports.isTaken(next)) {
                next++;
            }
            variables.put(port.variable(), Integer.toString(next++));
        }
        return variables;
    }
}
