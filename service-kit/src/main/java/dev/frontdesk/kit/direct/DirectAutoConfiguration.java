package dev.frontdesk.kit.direct;

import dev.frontdesk.kit.identity.AccessAutoConfiguration;
import dev.frontdesk.kit.identity.Admission;
import dev.frontdesk.kit.web.ProblemAutoConfiguration;
import dev.frontdesk.kit.web.ProblemWriter;
import dev.frontdesk.kit.web.RequestTelemetry;
import dev.frontdesk.kit.web.RequestTelemetryAutoConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** Replaces Spring Boot's handler of the public port; the management port has its own. Not at the gateway. */
@AutoConfiguration(
        after = {AccessAutoConfiguration.class, ProblemAutoConfiguration.class, RequestTelemetryAutoConfiguration.class
        },
        before = HttpHandlerAutoConfiguration.class)
@ConditionalOnProperty(name = "frontdesk.identity.verify", matchIfMissing = true)
public class DirectAutoConfiguration {

    @Bean
    HttpHandler httpHandler(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings,
            Admission admission,
            RequestTelemetry telemetry,
            ProblemWriter problems,
            ApplicationContext context) {
        HttpHandler spring = WebHttpHandlerBuilder.applicationContext(context).build();
        DirectRoutes routes = DirectRoutes.of(mappings.getHandlerMethods(), admission::permissionOf);
        return routes.isEmpty() ? spring : new DirectHandlers(routes, spring, admission, telemetry, problems, context);
    }
}
