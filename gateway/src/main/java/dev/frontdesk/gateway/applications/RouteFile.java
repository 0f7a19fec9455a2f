package dev.frontdesk.gateway.applications;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The routes of a file in YAML or JSON, read at the start and whenever the file changes. The gateway does not start with a
 * wrong file; a file that becomes wrong later is logged, and its last right content stays in effect.
 */
final class RouteFile extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(RouteFile.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int LONGEST = 1024 * 1024;

    private final Path file;
    private final RouteSources sources;
    private final JsonMapper json;
    private final Scheduler blocking;
    private String read = "";
    private String refused = "";

    RouteFile(Path file, RouteSources sources, JsonMapper json, Scheduler blocking) {
        super("Reading the file of the routes");
        this.file = file;
        this.sources = sources;
        this.json = json;
        this.blocking = blocking;
    }

    /**
     * Blocks.
     *
     * @throws IllegalStateException if the file can't be used
     */
    void readFirst() {
        try {
            use(text());
        } catch (IOException | IllegalArgumentException wrong) {
            throw new IllegalStateException(
                    "frontdesk.gateway.routes.file: " + file + " can't be used: " + wrong.getMessage(), wrong);
        }
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY)
                .concatMap(_ -> Mono.<Void>fromRunnable(this::readAgain).subscribeOn(blocking), 1);
    }

    private void readAgain() {
        try {
            String text = text();
            if (!text.equals(read)) {
                tryToUse(text);
            }
            recovered();
        } catch (IOException unreadable) {
            reported(unreadable).subscribe();
        }
    }

    private String text() throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException(file + " is larger than 1 MB");
        }
        return Files.readString(file);
    }

    /** Again and again, since routes of the API that are in its way may go; the reason is logged once. */
    private void tryToUse(String text) {
        try {
            use(text);
            log.info("{} has changed, and its routes are active", file);
        } catch (IllegalArgumentException wrong) {
            if (!text.equals(refused)) {
                log.error("{} can't be used, and its last routes stay active: {}", file, wrong.getMessage());
            }
            refused = text;
        }
    }

    private void use(String text) {
        sources.useFile(parse(text));
        read = text;
        refused = "";
    }

    private RouteSources.Content parse(String text) {
        try {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            options.setCodePointLimit(LONGEST);
            Object content = new Yaml(new SafeConstructor(options)).load(text);
            return content == null
                    ? new RouteSources.Content(null)
                    : json.convertValue(content, RouteSources.Content.class);
        } catch (YAMLException | JacksonException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }
}
