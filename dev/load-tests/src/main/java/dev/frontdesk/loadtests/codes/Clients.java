package dev.frontdesk.loadtests.codes;

import dev.frontdesk.loadtests.http.Answer;
import dev.frontdesk.loadtests.http.Browser;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Clients of the gateway, each with its own address: sign-ups are limited per client range. All of 127.0.0.0/8 is this
 * machine on Linux.
 */
final class Clients {

    private static final int ADDRESSES_PER_NETWORK = 200;

    private final List<Browser> browsers = new ArrayList<>();
    private final String operatorKey;

    /** @param number at most 50,000 */
    Clients(String gatewayUrl, String operatorKey, int number) {
        this.operatorKey = operatorKey;
        for (int i = 0; i < number; i++) {
            browsers.add(new Browser(gatewayUrl, address(i)));
        }
    }

    private static String address(int number) {
        return "127.1." + number / ADDRESSES_PER_NETWORK + "." + (1 + number % ADDRESSES_PER_NETWORK);
    }

    Mono<Answer> addTenant(String tenant) {
        return browsers.getFirst()
                .send(
                        HttpMethod.POST,
                        "/api/v1/admin/tenants",
                        """
                        {"id": "%s", "name": "Load test"}\
                        """.formatted(tenant),
                        Map.of("X-API-Key", operatorKey));
    }

    Mono<Answer> signUp(int client, String tenant, String email) {
        return browsers.get(client)
                .send(HttpMethod.POST, "/api/v1/users/register", """
                        {"email": "%s", "password": "correct horse battery", "first_name": "Ada", "last_name": "Lovelace"}\
                        """.formatted(email), Map.of("X-Tenant-Id", tenant));
    }

    /** A mail that an application sends. */
    Mono<Answer> mail(int client, String tenant, String email) {
        return browsers.get(client)
                .send(
                        HttpMethod.POST,
                        "/api/v1/emails",
                        """
                        {"email": "%s", "first_name": "Ada", "kind": "message", "data": {"title": "News", "body": "None."}}\
                        """.formatted(email),
                        Map.of("X-Tenant-Id", tenant, "X-API-Key", operatorKey));
    }
}
