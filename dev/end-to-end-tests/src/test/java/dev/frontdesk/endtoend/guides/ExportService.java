package dev.frontdesk.endtoend.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.localstack.servers.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service of the guide to limits, with a key of its own: both are made by the commands of the page. */
final class ExportService implements AutoCloseable {

    private static final Guide GUIDE = Guide.of("limits");
    private static final Guide PAGE = GUIDE.section("A service that limits its exports");

    private final int port = FreePorts.next();
    private final Terminal terminal;
    private @Nullable Path printed;

    ExportService(LocalStack stack, Path folder) throws Exception {
        terminal = new Terminal(folder, stack.settings());
        terminal.export("EXPORTS_PORT", Integer.toString(port));
        // A busy machine may take long for the first check.
        terminal.export("LIMITS_TIMEOUT_MS", "15000");
        terminal.run(GUIDE.section("The key of your application").block("bash"));
        stack.mustNotTell(terminal.run("echo $LIMITS_KEY").strip());
        terminal.write("exports.js", PAGE.block("javascript"));
    }

    /** @param settings names and values of variables, in turn */
    ExportService started(String... settings) throws IOException {
        for (int i = 0; i < settings.length; i += 2) {
            terminal.export(settings[i], settings[i + 1]);
        }
        printed = terminal.runInBackground(PAGE.blocks("bash").getFirst(), port);
        return this;
    }

    String printed() throws IOException {
        assertThat(printed).isNotNull();
        return Files.readString(printed);
    }

    /** The commands of the page that export something. */
    String called() throws IOException, InterruptedException {
        return terminal.run(PAGE.blocks("bash").getLast());
    }

    String run(String commands) throws IOException, InterruptedException {
        return terminal.run(commands);
    }

    Answer export(String user, int rows) {
        return Gateway.notOurs(URI.create("http://127.0.0.1:" + port))
                .post("/exports?rows=" + rows, "", "X-Frontdesk-Account", user);
    }

    List<Answer> exportAtOnce(int exports, String user, int rows) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> calls = Stream.<Callable<Answer>>generate(() -> () -> export(user, rows))
                    .limit(exports)
                    .toList();
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    @Override
    public void close() {
        terminal.close();
    }
}
