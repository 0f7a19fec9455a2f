package dev.frontdesk.kit.postgres;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the reason instead of a stack trace. */
final class SchemaMismatchAnalyzer extends AbstractFailureAnalyzer<SchemaMismatch> {

    private static final String ACTION = "Start the version that this database belongs to, or an empty database"
            + " (on a developer's machine: dev/up --fresh).";

    @Override
    protected FailureAnalysis analyze(Throwable failure, SchemaMismatch cause) {
        return new FailureAnalysis(cause.getMessage(), ACTION, cause);
    }
}
