package dev.frontdesk.gateway.applications;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where routes come from: the file of the configuration, and the document that operators change over the API. Both are checked
 * together before either takes effect.
 */
final class RouteSources {

    private final RouteSetReader reader;
    private final ApplicationRoutes routes;
    private final JsonMapper json;
    private List<ApplicationRoute> ofFile = List.of();
    private List<RouteDraft> ofDocument = List.of();

    RouteSources(RouteSetReader reader, ApplicationRoutes routes, JsonMapper json) {
        this.reader = reader;
        this.routes = routes;
        this.json = json;
    }

    /** The content of the file, and of the document. */
    record Content(@Nullable List<RouteDraft> routes) {

        List<RouteDraft> all() {
            return Objects.requireNonNullElse(routes, List.of());
        }
    }

    /** @throws RuntimeException if it can't be used; the routes are the same as before then */
    synchronized void useDocument(GatewayDocument document) {
        try {
            List<RouteDraft> drafts = draftsIn(document);
            List<ApplicationRoute> checked = check(drafts, drafts);
            ofDocument = drafts;
            routes.replace(both(ofFile, checked));
            routes.areComplete();
        } catch (ProblemException wrong) {
            throw new IllegalArgumentException(wrong.inOneLine(), wrong);
        }
    }

    /** @throws RuntimeException if it can't be used; the routes are the same as before then */
    synchronized void useFile(Content file) {
        try {
            List<ApplicationRoute> checked = reader.read(file.all(), List.of(), List.of());
            List<ApplicationRoute> others = reader.read(ofDocument, ofDocument, checked);
            ofFile = checked;
            routes.replace(both(checked, others));
        } catch (ProblemException wrong) {
            throw new IllegalArgumentException(wrong.inOneLine(), wrong);
        }
    }

    private static List<ApplicationRoute> both(List<ApplicationRoute> some, List<ApplicationRoute> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /**
     * Checks routes of the API together with those of the file. Takes long for many routes, and waits for other checks.
     *
     * @param stored the addresses of the servers of these routes are not checked again
     * @throws ProblemException 400 with an error for each wrong field
     */
    synchronized List<ApplicationRoute> check(List<RouteDraft> drafts, List<RouteDraft> stored) {
        if (Schedulers.isInNonBlockingThread()) {
            throw new IllegalStateException("Routes must not be checked on an event loop");
        }
        return reader.read(drafts, stored, ofFile);
    }

    /** As {@link #check(List, List)}, in place of the routes of the document. */
    synchronized List<ApplicationRoute> check(List<RouteDraft> drafts) {
        return check(drafts, ofDocument);
    }

    /** Those of the file. */
    synchronized List<ApplicationRoute> fixed() {
        return ofFile;
    }

    List<RouteDraft> draftsIn(GatewayDocument document) {
        return document.content().isEmpty()
                ? List.of()
                : json.readValue(document.content(), Content.class).all();
    }

    String contentOf(List<RouteDraft> drafts) {
        return json.writeValueAsString(new Content(drafts));
    }
}
