package dev.frontdesk.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.limiter.Limited;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Subject;
import dev.frontdesk.kit.identity.Caller;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class SubjectsTest {

    private static final TenantId ACME = new TenantId("acme");

    private final Caller.ApiKey key = new Caller.ApiKey(ACME, UUID.randomUUID(), new Scopes(List.of()));
    private Quotas keyQuotas = Quotas.NONE;
    private final Caller.Account account = new Caller.Account(ACME, UUID.randomUUID(), UUID.randomUUID(), Set.of());

    @Test
    void countsATenantWithoutQuotasNotAtAll() {
        assertThat(subjects(Quotas.NONE).of(account, exchange(null)))
                .extracting(Limited::subject)
                .containsExactly(Subject.account(ACME, account.accountId()));
    }

    @Test
    void countsTheCallerBeforeItsTenant() {
        assertThat(subjects(new Quotas(7L, null, null)).of(account, exchange(null)))
                .containsExactly(
                        new Limited(Subject.account(ACME, account.accountId()), policy(100, 2), 2),
                        new Limited(Subject.tenant(ACME), policy(7, 1), 1));
    }

    @Test
    void givesAnApiKeyTheConfiguredQuotasThatItDoesNotHaveItself() {
        assertThat(subjects(Quotas.NONE).of(key, exchange(null)))
                .containsExactly(new Limited(Subject.apiKey(ACME, key.id()), policy(60, 1), 1));
        keyQuotas = new Quotas(5L, null, null);
        assertThat(subjects(Quotas.NONE).of(key, exchange(null)))
                .containsExactly(new Limited(Subject.apiKey(ACME, key.id()), policy(5, 1), 1));
    }

    @Test
    void countsAnApplicationAndTheUserItCallsFor() {
        var user = new Caller.Account(ACME, account.accountId(), account.sessionId(), Set.of(), key);

        assertThat(subjects(new Quotas(7L, null, null)).of(user, exchange(null)))
                .extracting(Limited::subject)
                .containsExactly(
                        Subject.apiKey(ACME, key.id()), Subject.account(ACME, user.accountId()), Subject.tenant(ACME));
    }

    @Test
    void multipliesTheCostOfTheRoute() {
        assertThat(subjects(new Quotas(7L, null, null)).of(account, exchange("costly")))
                .extracting(Limited::cost)
                .isEqualTo(List.of(10, 5));
        assertThat(subjects(Quotas.NONE).of(account, exchange("other")))
                .extracting(Limited::cost)
                .isEqualTo(List.of(2));
    }

    @Test
    void leavesOutAnAccountWithoutLimits() {
        var limits = new Limits(policy(10, 1), policy(0, 2), policy(60, 1), policy(0, 1), Map.of(), Map.of());
        var subjects = new Subjects(limits, _ -> Quotas.NONE, _ -> keyQuotas, RouteCosts.of(List.of()));

        assertThat(subjects.of(account, exchange(null))).isEmpty();
    }

    @Test
    void costsAtMostTheWholeOfALimit() {
        assertThat(subjects(new Quotas(3L, 1000L, null)).of(account, exchange("costly")))
                .extracting(Limited::cost)
                .isEqualTo(List.of(10, 3));
    }

    @Test
    void givesATenantThePoliciesOfItsPlan() {
        var gold = new PlanLimits(null, policy(600, 1), policy(6000, 1));
        var subjects = new Subjects(
                limits(Map.of("gold", gold), Map.of()), ofPlan("gold"), _ -> keyQuotas, RouteCosts.of(List.of()));
        keyQuotas = new Quotas(null, 9000L, null);

        assertThat(subjects.of(key, exchange(null)))
                .containsExactly(
                        new Limited(
                                Subject.apiKey(ACME, key.id()), policy(600, 1).with(keyQuotas), 1),
                        new Limited(Subject.tenant(ACME), policy(6000, 1), 1));
        assertThat(subjects.of(account, exchange(null)))
                .extracting(Limited::policy)
                .containsExactly(policy(100, 2), policy(6000, 1));
        assertThat(new Subjects(
                                limits(Map.of("gold", gold), Map.of()),
                                ofPlan("silver"),
                                _ -> Quotas.NONE,
                                RouteCosts.of(List.of()))
                        .of(key, exchange(null)))
                .containsExactly(new Limited(Subject.apiKey(ACME, key.id()), policy(60, 1), 1));
    }

    @Test
    void countsRequestsOfARouteByItsOwnPoliciesToo() {
        var onCostly = new RouteLimits(policy(2, 1), policy(7, 1), null, null);
        var subjects = new Subjects(
                limits(Map.of(), Map.of("costly", onCostly)),
                _ -> Quotas.NONE,
                _ -> keyQuotas,
                RouteCosts.of(List.of(route("5"))));
        var subject = Subject.account(ACME, account.accountId());

        assertThat(subjects.of(account, exchange("costly")))
                .containsExactly(
                        new Limited(subject, policy(100, 2), 10), new Limited(subject.on("costly"), policy(7, 1), 1));
        assertThat(subjects.of(account, exchange("other"))).containsExactly(new Limited(subject, policy(100, 2), 2));
        assertThat(subjects.ofAddressOnRoute("192.0.2.1", exchange("costly")))
                .isEqualTo(new Limited(Subject.address("192.0.2.1").on("costly"), policy(2, 1), 1));
        assertThat(subjects.ofAddressOnRoute("192.0.2.1", exchange("other"))).isNull();
        assertThat(subjects.onRoutes(subject)).extracting(Limited::subject).containsExactly(subject.on("costly"));
    }

    @Test
    void countsRequestsOfAFreeRouteByItsOwnPoliciesAlone() {
        var onCostly = new RouteLimits(null, policy(7, 1), null, null);
        var subjects = new Subjects(
                limits(Map.of(), Map.of("costly", onCostly)),
                _ -> new Quotas(7L, null, null),
                _ -> keyQuotas,
                RouteCosts.of(List.of(route("0"))));

        assertThat(subjects.of(account, exchange("costly")))
                .containsExactly(
                        new Limited(Subject.account(ACME, account.accountId()).on("costly"), policy(7, 1), 1));
    }

    @Test
    void acceptsNoPolicyThatOnlyTakesLimitsAway() {
        assertThatThrownBy(() -> new Subjects(
                        limits(Map.of("trial", new PlanLimits(null, policy(0, 3), null)), Map.of()),
                        _ -> Quotas.NONE,
                        _ -> keyQuotas,
                        RouteCosts.of(List.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("frontdesk.gateway.limits.plans.trial.api-key has no limit");
    }

    @Test
    void acceptsNoPoliciesOfARouteThatDoesNotExist() {
        assertThatThrownBy(() -> new Subjects(
                        limits(Map.of(), Map.of("costlier", RouteLimits.NONE)),
                        _ -> Quotas.NONE,
                        _ -> keyQuotas,
                        RouteCosts.of(List.of(route("5")))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("frontdesk.gateway.limits.routes.costlier: there is no such route");
    }

    private static TenantQuotas ofPlan(String plan) {
        return new TenantQuotas() {
            @Override
            public Quotas of(TenantId tenant) {
                return Quotas.NONE;
            }

            @Override
            public String planOf(TenantId tenant) {
                return plan;
            }
        };
    }

    private static Limits limits(Map<String, PlanLimits> plans, Map<String, RouteLimits> routes) {
        return new Limits(policy(10, 1), policy(100, 2), policy(60, 1), policy(0, 1), plans, routes);
    }

    @Test
    void acceptsNoNegativeCostOfARoute() {
        assertThatThrownBy(() -> RouteCosts.of(List.of(route("-1")))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> RouteCosts.of(List.of(route("1000001")))).isInstanceOf(IllegalStateException.class);
    }

    private Subjects subjects(Quotas ofTenant) {
        return new Subjects(
                limits(Map.of(), Map.of()), _ -> ofTenant, _ -> keyQuotas, RouteCosts.of(List.of(route("5"))));
    }

    private static Policy policy(long perMinute, int cost) {
        return new Policy(0, 0, perMinute, 0, 0, cost, Policy.WithoutRedis.LOCAL, Policy.Mode.ENFORCE);
    }

    private static RouteDefinition route(String cost) {
        var route = new RouteDefinition();
        route.setId("costly");
        route.setMetadata(Map.of("cost", cost));
        return route;
    }

    private static MockServerWebExchange exchange(@Nullable String route) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
        if (route != null) {
            exchange.getAttributes()
                    .put(
                            GATEWAY_ROUTE_ATTR,
                            Route.async()
                                    .id(route)
                                    .uri("http://service")
                                    .asyncPredicate(_ -> Mono.just(true))
                                    .build());
        }
        return exchange;
    }
}
