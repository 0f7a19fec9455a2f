package dev.frontdesk.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.contracts.access.Audience;
import dev.frontdesk.contracts.access.Endpoint;
import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
            new Caller.Service(ACME, "gateway"),
            key("jobs:write"),
            key("jobs:read"),
            accountWithKey(Set.of("editor"), "jobs:administer"),
            accountWithKey(Set.of("operator"), "jobs:write"),
            accountWithKey(Set.of("operator"), "cache:administer"));

    private static Caller account(Set<String> roles) {
        return new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), roles);
    }

    private static Caller.ApiKey key(String... scopes) {
        return new Caller.ApiKey(ACME, UUID.randomUUID(), Scopes.known(List.of(scopes)));
    }

    private static Caller accountWithKey(Set<String> roles, String... scopes) {
        return new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), roles, key(scopes));
    }

    @ParameterizedTest
    @CsvSource({
        "EVERYONE,               200, 200, 200, 200, 200, 401, 200, 200, 200, 200, 200",
        "ACCOUNTS,               401, 200, 200, 200, 403, 401, 403, 403, 200, 200, 403",
        "ACCOUNTS_AND_OPERATORS, 401, 200, 200, 200, 200, 401, 200, 403, 200, 200, 403",
        "ADMINISTRATORS,         401, 403, 200, 200, 200, 401, 200, 403, 403, 200, 403",
        "OPERATORS,              401, 403, 403, 200, 200, 401, 200, 403, 403, 200, 403",
        "OPERATOR_KEY,           401, 403, 403, 403, 200, 401, 403, 403, 403, 403, 403",
        "SERVICES,               401, 401, 401, 401, 401, 200, 401, 401, 401, 401, 401"
    })
    void anEndpointIsForItsAudienceAlone(
            Audience audience,
            int anonymous,
            int account,
            int administrator,
            int operatorByRole,
            int operator,
            int service,
            int key,
            int keyWithLess,
            int accountWithKey,
            int operatorWithKey,
            int operatorWithAnotherKey) {
        var permissions = withScope(audience, Scope.parse("jobs:write").orElseThrow());
        var expected = List.of(
                anonymous,
                account,
                administrator,
                operatorByRole,
                operator,
                service,
                key,
                keyWithLess,
                accountWithKey,
                operatorWithKey,
                operatorWithAnotherKey);
        for (int i = 0; i < CALLERS.size(); i++) {
            assertThat(statusFor(permissions, CALLERS.get(i)))
                    .as("%s", CALLERS.get(i))
                    .isEqualTo(expected.get(i));
        }
    }

    private static Permissions withScope(Audience audience, @Nullable Scope scope) {
        return new Permissions(Map.of("GET /things/{id}", new Permission(audience, scope)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Audience.class,
            names = {"EVERYONE", "SERVICES"},
            mode = EnumSource.Mode.EXCLUDE)
    void anEndpointWithoutAScopeIsNotForKeys(Audience audience) {
        var permissions = withScope(audience, null);
        String everything = "jobs:administer";
        assertThat(statusFor(permissions, key(everything))).isEqualTo(403);
        assertThat(statusFor(permissions, accountWithKey(Set.of("operator"), everything)))
                .isEqualTo(403);
    }

    @Test
    void aRefusalNamesTheScopeThatTheKeyLacks() {
        var permissions = Permissions.ofTheSuite();
        assertThatThrownBy(() -> permissions.check("POST", "/api/v1/emails", key("emails:read")))
                .hasMessageContaining("The API key lacks the scope emails:write.");
        assertThatThrownBy(() -> permissions.check("GET", "/api/v1/users/me", key("profile:read")))
                .hasMessageContaining("This endpoint is for another kind of caller.");
    }

    @Test
    void aKeyNeverGivesARoleOrManagesTenants() {
        var permissions = Permissions.ofTheSuite();
        var everything = key(everyScope());
        for (Endpoint endpoint : Endpoint.values()) {
            boolean forKeys = endpoint.scope() != null && endpoint.audience() != Audience.ACCOUNTS
                    || endpoint.audience() == Audience.EVERYONE;
            assertThatCode(() -> permissions.check(endpoint.method(), endpoint.path(), everything))
                    .as(endpoint.name())
                    .satisfies(thrown -> assertThat(thrown == null).isEqualTo(forKeys));
        }
        assertThat(Endpoint.GIVE_ROLE.scope()).isNull();
        assertThat(Endpoint.ADD_TENANT.scope()).isNull();
    }

    private static String[] everyScope() {
        return Stream.of(Scope.Area.values())
                .map(area -> new Scope(area, Scope.Action.ADMINISTER).text())
                .toArray(String[]::new);
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
