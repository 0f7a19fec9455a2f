package dev.frontdesk.gateway.documents;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Lets a gateway be ready only once it knows the documents; otherwise requests that an older gateway passes on would get 503
 * here. Spring Boot reports readiness after its runners. Without registration-service and Redis the gateway starts in the end,
 * because Frontdesk's own paths work without them.
 */
final class DocumentsAtStart implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(DocumentsAtStart.class);
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final List<SharedDocument> documents;

    DocumentsAtStart(List<SharedDocument> documents) {
        this.documents = List.copyOf(documents);
    }

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException, ExecutionException {
        try {
            CompletableFuture.allOf(
                            documents.stream().map(SharedDocument::loaded).toArray(CompletableFuture[]::new))
                    .get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException unknown) {
            documents.stream()
                    .filter(SharedDocument::isNeeded)
                    .filter(SharedDocument::isOutdated)
                    .forEach(document -> {
                        throw new IllegalStateException("The document " + document.name()
                                + " can't be used, see above. All gateways need the same FRONTDESK_SIGNING_KEY.");
                    });
            warn();
        }
    }

    private void warn() {
        String unknown = documents.stream()
                .filter(document -> !document.isKnown() && !document.isOutdated())
                .map(SharedDocument::name)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            log.warn(
                    "Not known after {}: {}. Requests for applications get 503 until registration-service or Redis answers",
                    WITHIN,
                    unknown);
        }
        documents.stream()
                .filter(document -> !document.isKnown() && document.isOutdated())
                .forEach(document -> log.warn(
                        "The document {} can't be used: {}. Requests for which the gateway's own configuration has no route get"
                                + " 503 until the document or that configuration is corrected",
                        document.name(),
                        document.whyOutdated()));
    }
}
