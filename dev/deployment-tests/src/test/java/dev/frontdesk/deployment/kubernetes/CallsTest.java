package dev.frontdesk.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.kubernetes.Calls.Peer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The policies must allow exactly the calls in docs/architecture.md. */
class CallsTest {

    private static final Set<String> BETWEEN_SERVICES = Set.of(
            "gateway -> registration-service:8080",
            "gateway -> session-service:8080",
            "gateway -> notification-service:8080",
            "gateway -> cache-service:8080",
            "session-service -> registration-service:8080");

    private static final Set<String> TO_STORES = Set.of(
            "gateway -> redis:6379",
            "gateway -> kafka:9092",
            "registration-service -> postgres:5432",
            "registration-service -> redis:6379",
            "registration-service -> kafka:9092",
            "session-service -> redis:6379",
            "session-service -> kafka:9092",
            "notification-service -> postgres:5432",
            "notification-service -> redis:6379",
            "notification-service -> kafka:9092",
            "cache-service -> redis:6379");

    /** Includes unused ports, so that a policy without ports is detected. */
    private static final Set<Integer> PORTS = Set.of(22, 25, 53, 80, 443, 587, 3025, 5432, 6379, 8080, 9090, 9092);

    private static final List<Peer> STORES =
            Stream.of("postgres", "redis", "kafka").map(Peer::elsewhere).toList();

    private final Calls local = new Calls(Rendering.LOCAL.manifests());
    private final Calls production = new Calls(Rendering.PRODUCTION.manifests());

    @Test
    void servicesCallEachOtherAsTheArchitectureSays() {
        var base = new Calls(Rendering.BASE.manifests());

        assertThat(base.allowed(base.pods(), base.pods(), PORTS)).containsExactlyInAnyOrderElementsOf(BETWEEN_SERVICES);
    }

    @Test
    void locallyEachCallsItsOwnStoresAndNothingElse() {
        assertThat(local.allowed(local.pods(), local.pods(), PORTS))
                .containsExactlyInAnyOrderElementsOf(
                        all(BETWEEN_SERVICES, TO_STORES, Set.of("notification-service -> mail:3025")));
    }

    @Test
    void inProductionEachCallsItsOwnStoresInTheirNamespaces() {
        assertThat(production.allowed(production.pods(), production.pods(), PORTS))
                .containsExactlyInAnyOrderElementsOf(BETWEEN_SERVICES);
        assertThat(production.allowed(production.pods(), STORES, without(PORTS, 53)))
                .containsExactlyInAnyOrderElementsOf(TO_STORES);
    }

    @Test
    void onlyMailsWebhooksAndRequestsToOriginsLeaveProduction() {
        assertThat(production.allowed(production.pods(), List.of(Peer.internet()), without(PORTS, 53)))
                .containsExactlyInAnyOrder(
                        "cache-service -> internet:443",
                        "notification-service -> internet:443",
                        "notification-service -> internet:587");
        assertThat(local.allowed(local.pods(), List.of(Peer.internet()), without(PORTS, 53)))
                .isEmpty();
    }

    @Test
    void productionIsEnteredThroughTheIngressControllerAlone() {
        var strangers = Stream.of(Peer.elsewhere("default"), Peer.elsewhere("postgres"), Peer.internet())
                .toList();

        assertThat(production.allowed(List.of(Peer.elsewhere("traefik")), production.pods(), PORTS))
                .containsExactly("traefik -> gateway:8080");
        assertThat(production.allowed(strangers, production.pods(), PORTS)).isEmpty();
    }

    @Test
    void metricsAreReadFromMonitoringAlone() {
        assertThat(production.allowed(List.of(Peer.elsewhere("monitoring")), production.pods(), PORTS))
                .hasSize(5)
                .allMatch(call -> call.endsWith(":9090"));
    }

    @Test
    void tracesGoToMonitoringAlone() {
        assertThat(production.allowed(production.pods(), List.of(Peer.elsewhere("monitoring")), Set.of(4318, 9090)))
                .hasSize(5)
                .allMatch(call -> call.endsWith("monitoring:4318"));
        assertThat(production.allowed(production.pods(), List.of(Peer.elsewhere("default")), Set.of(4318)))
                .isEmpty();
    }

    @Test
    void locallyOutsideReachesTheGatewayAndTheMailPage() {
        assertThat(local.allowed(List.of(Peer.internet()), local.pods(), PORTS))
                .containsExactlyInAnyOrder("internet -> gateway:8080", "internet -> mail:8080");
    }

    @ParameterizedTest
    @EnumSource
    void everyPodMayAskForNames(Rendering rendering) {
        assertThat(new Calls(rendering.manifests()).withoutNames()).isEmpty();
    }

    @Test
    void seesACallThatNoPolicyAllows() {
        var wrong = new Calls(local.manifests().without("NetworkPolicy", "from-session-service"));

        assertThat(wrong.allowed(wrong.pods(), wrong.pods(), PORTS))
                .doesNotContain("session-service -> registration-service:8080");
    }

    @Test
    void seesAnUnneededCall() {
        var anyPort = new Calls(local.manifests()
                .with("NetworkPolicy", "to-redis", it -> ((ObjectNode) it.at("/spec/ingress/0")).remove("ports"))
                .with("NetworkPolicy", "use-redis", it -> ((ObjectNode) it.at("/spec/egress/0")).remove("ports")));
        assertThat(anyPort.allowed(anyPort.pods(), anyPort.pods(), PORTS)).contains("gateway -> redis:22");

        var open = new Calls(local.manifests().without("NetworkPolicy", "default-deny"));
        assertThat(open.allowed(List.of(Peer.internet()), open.pods(), PORTS)).isNotEmpty();

        var fromEverywhere = new Calls(production
                .manifests()
                .with(
                        "NetworkPolicy",
                        "outside-to-gateway",
                        it -> ((ObjectNode) it.at("/spec/ingress/0")).remove("from")));
        assertThat(fromEverywhere.allowed(List.of(Peer.elsewhere("default")), fromEverywhere.pods(), PORTS))
                .contains("default -> gateway:8080");
    }

    @Test
    void seesAPodWithoutNames() {
        assertThat(new Calls(local.manifests().without("NetworkPolicy", "dns")).withoutNames())
                .hasSize(local.pods().size());
    }

    @SafeVarargs
    private static Set<String> all(Set<String>... sets) {
        var all = new TreeSet<String>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return all;
    }

    private static Set<Integer> without(Set<Integer> ports, int port) {
        var rest = new TreeSet<>(ports);
        rest.remove(port);
        return rest;
    }
}
