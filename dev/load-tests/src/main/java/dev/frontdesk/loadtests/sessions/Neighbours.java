package dev.frontdesk.loadtests.sessions;

import dev.frontdesk.contracts.apikeys.ApiKeyLookup;
import dev.frontdesk.contracts.apikeys.ApiKeyRecord;
import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.gateways.GatewayDocumentChange;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.contracts.tenants.TenantPage;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.localstack.servers.FreePorts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.NettyOutbound;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replaces services that are not measured: one accepts every password, so that no login waits for a hash, and knows two
 * tenants and their API keys; one answers every request with the same few bytes. An application behind the gateway, below
 * {@code /app}, does so too.
 */
public final class Neighbours implements AutoCloseable {

    /** A tenant with quotas that no run reaches; the default tenant has none. */
    public static final TenantId WITH_QUOTAS = new TenantId("with-quotas");

    private static final Quotas NEVER_REACHED = new Quotas(Quotas.MOST, Quotas.MOST, Quotas.MOST);
    /** For every account, with a bucket and three windows that no run exhausts. */
    private static final String ROUTE = """
            {"routes": [{"id": "app", "paths": ["/app/**"], "upstreams": [{"url": "http://127.0.0.1:%d"}],
             "allow": {"any_account": true}, "limits": {"account": {"refill": 1000000, "capacity": 1000000,
             "per_minute": 1000000000, "per_hour": 1000000000, "per_day": 1000000000}}}]}""";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final Map<UUID, ApiKeyRecord> apiKeys = new ConcurrentHashMap<>();
    private final int registrationPort = FreePorts.next();
    private final int cachePort = FreePorts.next();
    private final DisposableServer registration;
    private final DisposableServer cache;
    private final DisposableServer application;
    private final Map<String, GatewayDocument> documents = new ConcurrentHashMap<>();

    public Neighbours() {
        registration = HttpServer.create()
                .host("127.0.0.1")
                .port(registrationPort)
                .route(routes -> routes.post(CredentialCheck.PATH, answer(Neighbours::accountOf))
                        .post(ApiKeyLookup.PATH, answer(this::apiKeyOf))
                        .get(
                                GatewayDocument.PATH + "/{name}",
                                (request, response) ->
                                        json(response, JSON.writeValueAsString(document(request.param("name")))))
                        .put(GatewayDocument.PATH + "/{name}", this::store)
                        .get(TenantPage.PATH, (_, response) -> json(response, JSON.writeValueAsString(tenants()))))
                .bindNow();
        cache = soup(cachePort);
        application = soup(FreePorts.next());
        route(ROUTE.formatted(application.port()));
    }

    /** Replaces the routes of gateways that start afterwards. */
    public void route(String routes) {
        documents.put(GatewayDocument.ROUTES, new GatewayDocument(GatewayDocument.ROUTES, 1, routes, Instant.now()));
    }

    private static DisposableServer soup(int port) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle((_, response) -> json(response, "{\"soup\":\"lentil\"}"))
                .bindNow();
    }

    private GatewayDocument document(@Nullable String name) {
        return documents.getOrDefault(String.valueOf(name), GatewayDocument.none(String.valueOf(name)));
    }

    private Publisher<Void> store(HttpServerRequest request, HttpServerResponse response) {
        String name = String.valueOf(request.param("name"));
        return request.receive().aggregate().asString().flatMap(body -> {
            var change = JSON.readValue(body, GatewayDocumentChange.class);
            var stored = new GatewayDocument(name, change.basedOn() + 1, change.content(), Instant.now());
            documents.put(name, stored);
            return json(response, JSON.writeValueAsString(stored)).then();
        });
    }

    public int registrationPort() {
        return registrationPort;
    }

    public int cachePort() {
        return cachePort;
    }

    /** The same for the same address. */
    private static String accountOf(String check) {
        String email = JSON.readTree(check).get("email").asString();
        return "{\"account_id\":\"%s\",\"locale\":\"en\",\"roles\":[],\"credentials_version\":1}"
                .formatted(accountId(email));
    }

    static UUID accountId(String email) {
        return UUID.nameUUIDFromBytes(email.getBytes(StandardCharsets.US_ASCII));
    }

    private static TenantPage tenants() {
        return new TenantPage(List.of(tenant(TenantId.DEFAULT, Quotas.NONE), tenant(WITH_QUOTAS, NEVER_REACHED)), null);
    }

    private static TenantRecord tenant(TenantId id, Quotas quotas) {
        return new TenantRecord(id.value(), 1, TenantRecord.ACTIVE, "standard", quotas, List.of());
    }

    /** @return this many new API keys of the tenant, which may use the cache and have quotas that no run reaches */
    public List<String> newApiKeys(TenantId tenant, int number) {
        return Stream.generate(() -> newApiKey(tenant, NEVER_REACHED))
                .limit(number)
                .toList();
    }

    /** @return a new API key of the tenant, which may use the cache */
    public String newApiKey(TenantId tenant, Quotas quotas) {
        var key = ApiKeyText.generate(UUID.randomUUID());
        apiKeys.put(
                key.id(),
                new ApiKeyRecord(
                        key.id(),
                        tenant.value(),
                        "load",
                        List.of(new Scope(Scope.Area.CACHE, Scope.Action.ADMINISTER).text()),
                        quotas,
                        null,
                        1,
                        false,
                        key.secretHash(),
                        null,
                        null));
        return key.text();
    }

    private String apiKeyOf(String lookup) {
        ApiKeyRecord found =
                apiKeys.get(JSON.readValue(lookup, ApiKeyLookup.class).id());
        return JSON.writeValueAsString(found == null ? ApiKeyLookup.Result.INACTIVE : ApiKeyLookup.Result.of(found));
    }

    private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer(
            UnaryOperator<String> answerTo) {
        return (request, response) -> request.receive()
                .aggregate()
                .asString()
                .flatMap(body -> json(response, answerTo.apply(body)).then());
    }

    private static NettyOutbound json(HttpServerResponse response, String body) {
        return response.header("Content-Type", "application/json").sendString(Mono.just(body));
    }

    @Override
    public void close() {
        registration.disposeNow();
        cache.disposeNow();
        application.disposeNow();
    }
}
