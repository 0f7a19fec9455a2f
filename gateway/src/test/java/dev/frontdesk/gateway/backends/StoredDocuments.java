package dev.frontdesk.gateway.backends;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.gateways.GatewayDocumentChange;
import dev.frontdesk.contracts.gateways.GatewayDocumentVersions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The documents that gateways share, as registration-service stores them. They stay for as long as the backend. */
final class StoredDocuments {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final Map<String, List<GatewayDocument>> versions = new ConcurrentHashMap<>();

    synchronized GatewayDocument latest(String name) {
        List<GatewayDocument> stored = versions.getOrDefault(name, List.of());
        return stored.isEmpty() ? GatewayDocument.none(name) : stored.getLast();
    }

    /** Its only version. */
    synchronized void store(GatewayDocument document) {
        versions.put(document.name(), new ArrayList<>(List.of(document)));
    }

    synchronized void loseAll() {
        versions.clear();
    }

    synchronized Answer answer(ReceivedRequest request) {
        String[] path =
                request.uri().substring(GatewayDocument.PATH.length() + 1).split("/", -1);
        List<GatewayDocument> stored = versions.computeIfAbsent(path[0], _ -> new ArrayList<>());
        if (request.method().equals("PUT")) {
            return replace(path[0], stored, JSON.readValue(request.body(), GatewayDocumentChange.class));
        }
        if (path.length == 1) {
            return json(latest(path[0]));
        }
        if (path.length == 2) {
            return json(new GatewayDocumentVersions(stored.reversed().stream()
                    .map(it -> new GatewayDocumentVersions.Version(it.version(), requireNonNull(it.changedAt())))
                    .collect(Collectors.toList())));
        }
        return stored.stream()
                .filter(it -> Long.toString(it.version()).equals(path[2]))
                .findFirst()
                .map(StoredDocuments::json)
                .orElse(Answer.json(404, "{}"));
    }

    private static Answer replace(String name, List<GatewayDocument> stored, GatewayDocumentChange change) {
        long latest = stored.isEmpty() ? 0 : stored.getLast().version();
        if (change.basedOn() != latest) {
            return Answer.json(409, "{}");
        }
        stored.add(new GatewayDocument(name, latest + 1, change.content(), Instant.now()));
        return json(stored.getLast());
    }

    private static Answer json(Object body) {
        return Answer.json(200, JSON.writeValueAsString(body));
    }
}
