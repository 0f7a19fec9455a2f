package dev.frontdesk.kit.environment;

import java.util.List;

/** A service can't start with the variables that it was given. Names them all; holds no value. */
final class InvalidEnvironmentException extends IllegalStateException {

    InvalidEnvironmentException(String service, List<String> faults) {
        super(service + " can't start with this environment: " + String.join("; ", faults) + ".");
    }
}
