package dev.frontdesk.gateway.restart;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.contracts.tenants.TenantPage;
import dev.frontdesk.gateway.GatewayApplication;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Gateways, and small services of the kit, that a test starts and stops itself. */
public final class Instances {

    private Instances() {}

    /** Without the gateway's own beans, which are on this class path too. */
    @EnableAutoConfiguration(excludeName = "org.springframework.cloud.gateway.config.GatewayRedisAutoConfiguration")
    static class SmallService {}

    /** @param answers counts its responses */
    static ConfigurableApplicationContext service(TestEnvironment environment, AtomicInteger answers, Duration wait) {
        return start(
                new SpringApplicationBuilder(SmallService.class)
                        .initializers((GenericApplicationContext context) -> context.registerBean(
                                "routes", RouterFunction.class, (Supplier<RouterFunction>) () -> routes(answers))),
                environment,
                "spring.config.name=none",
                "spring.application.name=small",
                "spring.cloud.gateway.server.webflux.enabled=false",
                "spring.cloud.discovery.enabled=false",
                "frontdesk.identity.verify=false",
                "frontdesk.kafka.servers=",
                "frontdesk.drain.wait=" + wait.toMillis() + "ms");
    }

    /**
     * Another gateway next to the one of the test, in front of the same services.
     *
     * @param settings further ones, as {@code name=value}
     */
    public static ConfigurableApplicationContext gateway(
            TestEnvironment environment, String services, String... settings) {
        return gateway(environment, services, HeldDrain.free(), settings);
    }

    static ConfigurableApplicationContext gateway(
            TestEnvironment environment, String services, HeldDrain held, String... settings) {
        var all = Stream.of(
                "frontdesk.services.registration=" + services,
                "frontdesk.services.session=" + services,
                "frontdesk.services.notification=" + services,
                "frontdesk.services.cache=" + services,
                "frontdesk.gateway.limits.address.refill=1000000",
                "frontdesk.gateway.limits.address.capacity=1000000",
                "frontdesk.gateway.limits.address.per-minute=1000000000",
                "frontdesk.gateway.limits.account.refill=1000000",
                "frontdesk.gateway.limits.account.capacity=1000000");
        return start(
                new SpringApplicationBuilder(GatewayApplication.class)
                        .initializers((GenericApplicationContext context) ->
                                context.registerBean(HeldDrain.class, () -> held)),
                environment,
                Stream.concat(all, Stream.of(settings)).toArray(String[]::new));
    }

    public static int port(ConfigurableApplicationContext instance) {
        return instance.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static ConfigurableApplicationContext start(
            SpringApplicationBuilder application, TestEnvironment environment, String... settings) {
        var inherited = environment.variables().entrySet().stream()
                .map(variable -> property(variable.getKey()) + "=" + variable.getValue());
        var ports = Stream.of("server.port=0", "management.server.port=0");
        return application.run(Stream.of(inherited, ports, Stream.of(settings))
                .flatMap(some -> some)
                .map(setting -> "--" + setting)
                .toArray(String[]::new));
    }

    private static String property(String variable) {
        return variable.startsWith("FRONTDESK_")
                ? variable.toLowerCase(Locale.ROOT).replace('_', '.')
                : variable;
    }

    /** Knows the tenant of its sessions and every session, and accepts every cache entry. */
    private static RouterFunction<ServerResponse> routes(AtomicInteger answers) {
        return route().POST(
                        IntrospectionRequest.PATH,
                        request -> request.bodyToMono(String.class).flatMap(_ -> json(answers, session())))
                .GET(
                        TenantPage.PATH,
                        _ -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(tenants()))
                .GET(
                        GatewayDocument.PATH + "/{name}",
                        request -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(documentNamed(request.pathVariable("name"))))
                .GET("/api/v1/cache/{namespace}/{key}", _ -> json(answers, "{}"))
                .PUT(
                        "/api/v1/cache/{namespace}/{key}",
                        request -> request.bodyToMono(String.class).flatMap(body -> json(answers, body)))
                .build();
    }

    private static Mono<ServerResponse> json(AtomicInteger answers, String body) {
        answers.incrementAndGet();
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }

    private static String tenants() {
        return """
                {"tenants":[{"id":"acme","version":1,"status":"active","plan":"standard","quotas":{},"allowed_origins":[]}]}""";
    }

    private static String documentNamed(String name) {
        return "{\"name\":\"%s\",\"version\":0,\"content\":\"\"}".formatted(name);
    }

    private static String session() {
        return """
                {"active":true,"tenant":"acme","sub":"%s","sid":"%s","roles":["member"],"credentials_version":1,"exp":%d}""".formatted(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        Instant.now().plusSeconds(3600).getEpochSecond());
    }
}
