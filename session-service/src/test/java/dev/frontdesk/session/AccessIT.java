package dev.frontdesk.session;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.BodyInserters;

@RunningSessionService
@WithServers({REDIS, KAFKA})
class AccessIT {

    private static final Caller ANONYMOUS = new Caller.Anonymous(TenantId.DEFAULT);
    private static final Caller ACCOUNT =
            new Caller.Account(TenantId.DEFAULT, UUID.randomUUID(), UUID.randomUUID(), Set.of());
    private static final Caller OPERATOR = new Caller.Operator(TenantId.DEFAULT);
    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");
    private static final Caller OTHER_SERVICE = new Caller.Service(TenantId.DEFAULT, "cache-service");

    private static final String OF_SOME_ACCOUNT = "/api/v1/admin/accounts/" + UUID.randomUUID() + "/sessions";
    private static final String SOME_SESSION = GatewayStub.SESSIONS + "/" + UUID.randomUUID();

    @Autowired
    private GatewayStub edge;

    static Stream<Arguments> endpointsAndCallers() {
        return Stream.of(
                Arguments.of(GET, OF_SOME_ACCOUNT, ANONYMOUS, 401),
                Arguments.of(GET, OF_SOME_ACCOUNT, ACCOUNT, 403),
                Arguments.of(GET, OF_SOME_ACCOUNT, OPERATOR, 200),
                Arguments.of(GET, OF_SOME_ACCOUNT, GATEWAY, 401),
                Arguments.of(GET, GatewayStub.SESSIONS, ANONYMOUS, 401),
                Arguments.of(GET, GatewayStub.SESSIONS, ACCOUNT, 200),
                Arguments.of(GET, GatewayStub.SESSIONS, OPERATOR, 403),
                Arguments.of(GET, GatewayStub.SESSIONS, GATEWAY, 401),
                Arguments.of(DELETE, GatewayStub.CURRENT, ANONYMOUS, 401),
                Arguments.of(DELETE, GatewayStub.CURRENT, ACCOUNT, 204),
                Arguments.of(DELETE, GatewayStub.CURRENT, OPERATOR, 403),
                Arguments.of(DELETE, GatewayStub.CURRENT, GATEWAY, 401),
                Arguments.of(GET, GatewayStub.CURRENT, ANONYMOUS, 401),
                // 401: the session of this caller was never opened.
                Arguments.of(GET, GatewayStub.CURRENT, ACCOUNT, 401),
                Arguments.of(GET, GatewayStub.CURRENT, OPERATOR, 403),
                Arguments.of(DELETE, GatewayStub.SESSIONS, ANONYMOUS, 401),
                Arguments.of(DELETE, GatewayStub.SESSIONS, ACCOUNT, 200),
                Arguments.of(DELETE, GatewayStub.SESSIONS, OPERATOR, 403),
                Arguments.of(DELETE, SOME_SESSION, ANONYMOUS, 401),
                Arguments.of(DELETE, SOME_SESSION, ACCOUNT, 404),
                Arguments.of(DELETE, SOME_SESSION, OPERATOR, 403),
                Arguments.of(POST, GatewayStub.REFRESH, ANONYMOUS, 401),
                Arguments.of(POST, GatewayStub.REFRESH, ACCOUNT, 401),
                Arguments.of(POST, GatewayStub.REFRESH, OPERATOR, 403),
                // 400: the caller is allowed, but the body is not a login.
                Arguments.of(POST, GatewayStub.SESSIONS, ANONYMOUS, 400),
                Arguments.of(POST, GatewayStub.SESSIONS, ACCOUNT, 400),
                Arguments.of(POST, GatewayStub.SESSIONS, OPERATOR, 400),
                Arguments.of(POST, GatewayStub.SESSIONS, GATEWAY, 401),
                Arguments.of(POST, IntrospectionRequest.PATH, ANONYMOUS, 401),
                Arguments.of(POST, IntrospectionRequest.PATH, ACCOUNT, 401),
                Arguments.of(POST, IntrospectionRequest.PATH, OPERATOR, 401),
                Arguments.of(POST, IntrospectionRequest.PATH, OTHER_SERVICE, 403),
                Arguments.of(POST, IntrospectionRequest.PATH, GATEWAY, 200));
    }

    @ParameterizedTest
    @MethodSource("endpointsAndCallers")
    void eachEndpointIsForItsCallersAlone(HttpMethod method, String path, Caller caller, int status) {
        var request = edge.as(caller).method(method).uri(path);
        if (path.equals(IntrospectionRequest.PATH)) {
            request.body(BodyInserters.fromFormData(IntrospectionRequest.TOKEN, "not-a-token"));
        } else if (method == POST && path.equals(GatewayStub.SESSIONS)) {
            request.bodyValue(Map.of("token", "not-a-token"));
        }

        request.exchange().expectStatus().isEqualTo(status);
    }

    @Test
    void refusesRequestsThatBypassTheGateway() {
        for (String assertion : new String[] {"", "forged", "a.b.c"}) {
            edge.unsigned()
                    .get()
                    .uri(GatewayStub.SESSIONS)
                    .header(Headers.IDENTITY, assertion)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized();
        }
        edge.unsigned()
                .get()
                .uri(GatewayStub.SESSIONS)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }
}
