package dev.frontdesk.loadtests.sessions;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.localstack.servers.FreePorts;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.NettyOutbound;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replaces services that are not measured: one accepts every password, so that no login waits for a hash; one answers
 * every request with the same few bytes.
 */
public final class Neighbours implements AutoCloseable {

    private final int registrationPort = FreePorts.next();
    private final int cachePort = FreePorts.next();
    private final DisposableServer registration;
    private final DisposableServer cache;

    public Neighbours() {
        registration = HttpServer.create()
                .host("127.0.0.1")
                .port(registrationPort)
                .route(routes -> routes.post(
                        CredentialCheck.PATH,
                        (request, response) -> request.receive()
                                .aggregate()
                                .asString()
                                .flatMap(body -> json(response, accountOf(body)).then())))
                .bindNow();
        cache = HttpServer.create()
                .host("127.0.0.1")
                .port(cachePort)
                .handle((_, response) -> json(response, "{\"soup\":\"lentil\"}"))
                .bindNow();
    }

    public int registrationPort() {
        return registrationPort;
    }

    public int cachePort() {
        return cachePort;
    }

    /** The same for the same address. */
    private static String accountOf(String check) {
        String email = JsonMapper.shared().readTree(check).get("email").asString();
        return "{\"account_id\":\"%s\",\"locale\":\"en\",\"roles\":[],\"credentials_version\":1}"
                .formatted(accountId(email));
    }

    static UUID accountId(String email) {
        return UUID.nameUUIDFromBytes(email.getBytes(StandardCharsets.US_ASCII));
    }

    private static NettyOutbound json(HttpServerResponse response, String body) {
        return response.header("Content-Type", "application/json").sendString(Mono.just(body));
    }

    @Override
    public void close() {
        registration.disposeNow();
        cache.disposeNow();
    }
}
