package dev.frontdesk.gateway.tls;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the reason instead of a stack trace. */
final class InvalidCertificateAnalyzer extends AbstractFailureAnalyzer<InvalidCertificateException> {

    private static final String ACTION = "Correct the files that FRONTDESK_GATEWAY_TLS_CERTIFICATE and"
            + " FRONTDESK_GATEWAY_TLS_KEY name, as docs/runbook.md says, or set neither for plain HTTP.";

    @Override
    protected FailureAnalysis analyze(Throwable failure, InvalidCertificateException cause) {
        return new FailureAnalysis(cause.getMessage(), ACTION, cause);
    }
}
