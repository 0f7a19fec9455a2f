package dev.frontdesk.kit.environment;

import java.util.List;

/** A service can't start with its environment variables. The message lists all faults and contains no value. */
final class InvalidEnvironmentException extends IllegalStateException {

    InvalidEnvironmentException(String service, List<String> faults) {
        super(service + " can't start with this environment: " + String.join("; ", faults) + ".");
    }
}
