package dev.frontdesk.gateway.applications;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.gateway.documents.SharedDocument;
import dev.frontdesk.gateway.documents.SharedDocuments;
import dev.frontdesk.gateway.upstreams.UpstreamAddresses;
import dev.frontdesk.kit.web.LargerBodies;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Puts the parts of the routes to applications together. */
@Configuration(proxyBeanMethods = false)
class ApplicationsConfiguration {

    @Bean
    ApplicationRoutes applicationRoutes(RouteActivation activation, Loops loops) {
        return new ApplicationRoutes(activation, loops);
    }

    @Bean
    RouteSources routeSources(UpstreamAddresses addresses, ApplicationRoutes routes, JsonMapper json) {
        return new RouteSources(new RouteSetReader(new RouteReader(addresses)), routes, json);
    }

    @Bean
    SharedDocument routesDocument(SharedDocuments documents, RouteSources sources) {
        return documents.named(GatewayDocument.ROUTES, sources::useDocument);
    }

    @Bean
    RouteDryRun routeDryRun(ApplicationRoutes routes, RouteSources sources) {
        return new RouteDryRun(routes, sources);
    }

    @Bean
    @ConditionalOnProperty("frontdesk.gateway.routes.file")
    RouteFile routeFile(RouteProperties properties, RouteSources sources, JsonMapper json) {
        Path path = requireNonNull(properties.file());
        var file = new RouteFile(path, sources, json, Schedulers.newBoundedElastic(1, 4, "route-file", 10, true));
        file.readFirst();
        return file;
    }

    /** Otherwise the limit of all other bodies would refuse them before that of the route does. */
    @Bean
    CodecCustomizer routeBodies(@Value("${frontdesk.gateway.bodies.routes-limit}") DataSize largest, JsonMapper json) {
        int bytes = Math.toIntExact(largest.toBytes());
        return codecs -> Stream.of(RouteController.Replacement.class, RouteDraft.class, RouteDryRun.Request.class)
                .forEach(type -> new LargerBodies(type, bytes, json).customize(codecs));
    }
}
