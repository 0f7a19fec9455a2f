package dev.frontdesk.cache.namespaces;

import dev.frontdesk.cache.namespaces.SettingsRequest.OriginRequest;
import dev.frontdesk.cache.namespaces.StoredNamespaces.Stored;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.outbound.OutboundUrl;
import dev.frontdesk.kit.web.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads and changes the settings of a tenant's namespaces. */
@Component
class Namespaces {

    /** Another client may change the same settings at the same time. */
    private static final int ATTEMPTS = 5;

    private final StoredNamespaces stored;
    private final SettingsParser parser;
    private final SettingsSecrets secrets;
    private final KnownNamespaces known;
    private final SettingsSignals signals;

    Namespaces(
            StoredNamespaces stored,
            SettingsParser parser,
            SettingsSecrets secrets,
            KnownNamespaces known,
            SettingsSignals signals) {
        this.stored = stored;
        this.parser = parser;
        this.secrets = secrets;
        this.known = known;
        this.signals = signals;
    }

    /** Those that the tenant has set and those that the operator has configured, by name. */
    Mono<List<NamespaceResponse>> all(TenantId tenant) {
        return stored.all(tenant).map(texts -> {
            var all = new TreeMap<>(parser.namedCaches());
            texts.forEach((namespace, text) -> all.put(namespace, parser.parse(tenant, namespace, text)));
            return all.entrySet().stream()
                    .map(one -> NamespaceResponse.of(one.getKey(), one.getValue()))
                    .toList();
        });
    }

    Mono<NamespaceResponse> find(TenantId tenant, String namespace) {
        return stored.all(tenant).map(texts -> {
            String text = texts.get(namespace);
            return NamespaceResponse.of(
                    namespace,
                    text == null ? parser.defaultsOf(namespace) : parser.parse(tenant, namespace, text));
        });
    }

    /** @param settings without the headers of the origin, which are in the request */
    Mono<Stored> put(TenantId tenant, String namespace, StoredSettings settings, @Nullable OriginRequest origin) {
        return attempt(tenant, namespace, settings, origin)
                .repeat(ATTEMPTS - 1)
                .filter(result -> result != Stored.CHANGED)
                .next()
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemType.CONFLICT, "Other clients change the same settings. Nothing was changed.")))
                .flatMap(result -> result == Stored.FULL
                        ? Mono.error(new ProblemException(
                                ProblemType.CONFLICT,
                                "A tenant has settings for at most " + StoredNamespaces.MOST
                                        + " namespaces. Delete some first."))
                        : told(tenant).thenReturn(result));
    }

    private Mono<Stored> attempt(
            TenantId tenant, String namespace, StoredSettings settings, @Nullable OriginRequest origin) {
        return stored.all(tenant).flatMap(texts -> {
            String before = texts.get(namespace);
            StoredSettings complete = settings.origin() == null || origin == null
                    ? settings
                    : settings.with(settings.origin()
                            .with(secrets.seal(headers(tenant, namespace, before, origin), tenant, namespace)));
            return stored.put(tenant, namespace, before, parser.write(complete));
        });
    }

    /** With the stored values of those that stay as they are. */
    private Map<String, String> headers(
            TenantId tenant, String namespace, @Nullable String before, OriginRequest origin) {
        var headers = new HashMap<String, String>();
        if (origin.headers() == null) {
            return headers;
        }
        Map<String, String> kept =
                origin.headers().containsValue(null) ? keptHeaders(tenant, namespace, before, origin) : Map.of();
        origin.headers().forEach((name, value) -> {
            String used = value == null ? kept.get(name.toLowerCase(Locale.ROOT)) : value;
            if (used == null) {
                throw ProblemException.invalid(
                        "origin.headers",
                        "must have values: null keeps one that is stored for the same server, and there is none");
            }
            headers.put(name, used);
        });
        return headers;
    }

    /** None for another server: who may change the settings must not be able to read secrets that way. */
    private Map<String, String> keptHeaders(
            TenantId tenant, String namespace, @Nullable String before, OriginRequest request) {
        var kept = new HashMap<String, String>();
        StoredSettings.StoredOrigin origin = before == null ? null : parser.read(before).origin();
        if (origin != null && serverOf(origin.url()).equals(serverOf(String.valueOf(request.url())))) {
            secrets.open(origin.sealedHeaders(), tenant, namespace)
                    .forEach((name, value) -> kept.put(name.toLowerCase(Locale.ROOT), value));
        }
        return kept;
    }

    private static String serverOf(String template) {
        var uri = new OutboundUrl(template.replace(Origin.KEY, "a")).uri();
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** @return false if there were none */
    Mono<Boolean> delete(TenantId tenant, String namespace) {
        return stored.delete(tenant, namespace).flatMap(deleted -> told(tenant).thenReturn(deleted));
    }

    private Mono<Void> told(TenantId tenant) {
        return known.readAgain(tenant).then(signals.announce(tenant));
    }
}
