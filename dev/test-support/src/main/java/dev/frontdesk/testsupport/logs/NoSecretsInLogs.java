package dev.frontdesk.testsupport.logs;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test during which a secret was logged, at any level by our own code and in any part of a log event: message,
 * arguments, trace context, key-value pairs, exception and its causes.
 *
 * <pre>{@code
 * @RegisterExtension
 * final NoSecretsInLogs logs = new NoSecretsInLogs();
 *
 * @Test
 * void verifies() {
 *     var code = logs.mustNotTell(codeIn(mail));
 *     ...
 * }
 * }</pre>
 *
 * Lines that were logged before the secret was registered count as well.
 */
public final class NoSecretsInLogs implements BeforeEachCallback, AfterEachCallback {

    private final List<Secret> secrets = new CopyOnWriteArrayList<>();
    private final LogCapture logs = new LogCapture();

    /** Returns the secret, so that it can be registered where it is first seen. */
    public String mustNotTell(String secret) {
        secrets.add(new Secret(secret));
        return secret;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        attach();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        detachAndCheck();
    }

    void attach() {
        logs.attach();
    }

    void detachAndCheck() {
        logs.detach();
        var leaks = logs.lines().stream()
                .filter(line -> secrets.stream().anyMatch(secret -> secret.isIn(line)))
                .collect(joining("\n  "));
        if (!leaks.isEmpty()) {
            throw new AssertionError("A secret was logged:\n  " + leaks);
        }
    }
}
