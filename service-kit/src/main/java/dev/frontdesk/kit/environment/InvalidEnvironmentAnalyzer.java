package dev.frontdesk.kit.environment;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the reason instead of a stack trace. */
final class InvalidEnvironmentAnalyzer extends AbstractFailureAnalyzer<InvalidEnvironmentException> {

    private static final String ACTION = "Set these variables as docs/configuration.md says;"
            + " 'openssl rand -base64 32' creates a key, 'openssl rand -hex 16' a password.";

    @Override
    protected FailureAnalysis analyze(Throwable failure, InvalidEnvironmentException cause) {
        return new FailureAnalysis(cause.getMessage(), ACTION, cause);
    }
}
