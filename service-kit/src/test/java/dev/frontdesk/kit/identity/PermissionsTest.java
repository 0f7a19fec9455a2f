package dev.frontdesk.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.contracts.access.Audience;
import dev.frontdesk.contracts.access.Endpoint;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import reactor.core.publisher.Mono;

class PermissionsTest {

    private static final TenantId ACME = new TenantId("acme");

    /** In the order of the columns below. */
    private static final List<Caller> CALLERS = List.of(
            new Caller.Anonymous(ACME),
            account(Set.of("editor")),
            account(Set.of("administrator")),
            account(Set.of("operator")),
            new Caller.Operator(ACME),
            new Caller.Service(ACME, "gateway"));

    private static Caller account(Set<String> roles) {
        return new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), roles);
    }

    @ParameterizedTest
    @CsvSource({
        "EVERYONE,               200, 200, 200, 200, 200, 401",
        "ACCOUNTS,               401, 200, 200, 200, 403, 401",
        "ACCOUNTS_AND_OPERATORS, 401, 200, 200, 200, 200, 401",
        "ADMINISTRATORS,         401, 403, 200, 200, 200, 401",
        "OPERATORS,              401, 403, 403, 200, 200, 401",
        "SERVICES,               401, 401, 401, 401, 401, 200"
    })
    void anEndpointIsForItsAudienceAlone(
            Audience audience,
            int anonymous,
            int account,
            int administrator,
            int operatorByRole,
            int operator,
            int service) {
        var permissions = new Permissions(Map.of("GET /things/{id}", audience));
        var expected = List.of(anonymous, account, administrator, operatorByRole, operator, service);
        for (int i = 0; i < CALLERS.size(); i++) {
            assertThat(statusFor(permissions, CALLERS.get(i)))
                    .as("%s", CALLERS.get(i))
                    .isEqualTo(expected.get(i));
        }
    }

    private static int statusFor(Permissions permissions, Caller caller) {
        try {
            permissions.check("GET", "/things/{id:[0-9a-f]{8}-[0-9]+}", caller);
            return 200;
        } catch (ProblemException refused) {
            return refused.getStatusCode().value();
        }
    }

    @Test
    void aServiceDoesNotStartWithAnUnlistedEndpoint() {
        assertThatThrownBy(() -> map(Forgotten.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("POST /api/v1/forgotten is missing from " + Endpoint.class.getName());
        assertThatThrownBy(() -> map(ForAnyMethod.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("* /health");
    }

    @Test
    void norWithAPathThatIsMappedByItselfOrByFunctions() {
        var permissions = Permissions.ofTheSuite();
        var listed = new SimpleUrlHandlerMapping(Map.of("/ws", "a handler"));
        listed.setApplicationContext(contextWith("a handler"));
        new UnguardedMappings(List.of(listed), permissions).afterSingletonsInstantiated();

        var forgotten = new SimpleUrlHandlerMapping(Map.of("/forgotten", "a handler"));
        forgotten.setApplicationContext(contextWith("a handler"));
        assertThatThrownBy(() -> new UnguardedMappings(List.of(forgotten), permissions).afterSingletonsInstantiated())
                .hasMessageContaining("GET /forgotten");
        var functions = new RouterFunctionMapping(
                RouterFunctions.route().GET("/any", _ -> Mono.empty()).build());
        assertThatThrownBy(() -> new UnguardedMappings(List.of(functions), permissions).afterSingletonsInstantiated())
                .hasMessageContaining("functions");
    }

    private static GenericApplicationContext contextWith(String bean) {
        var context = new GenericApplicationContext();
        context.registerBean(bean, Object.class, Object::new);
        context.refresh();
        return context;
    }

    private static void map(Class<?> controller) {
        try (var context = new GenericApplicationContext()) {
            context.registerBean(controller);
            context.refresh();
            var handlers = new GuardedHandlers(Permissions.ofTheSuite());
            handlers.setApplicationContext(context);
            handlers.afterPropertiesSet();
        }
    }

    @RestController
    static class Forgotten {
        @PostMapping("/api/v1/forgotten")
        void handle() {}
    }

    @RestController
    static class ForAnyMethod {
        @RequestMapping("/health")
        void handle() {}
    }
}
