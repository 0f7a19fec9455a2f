package dev.frontdesk.gateway.pipeline;

import dev.frontdesk.gateway.headers.AnswerHeaders;
import dev.frontdesk.kit.web.ProblemWriter;
import dev.frontdesk.kit.web.RequestTelemetry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * Replaces Spring Boot's handler of the public port; the management port has its own, which must not find the routes: there,
 * callers would not be identified.
 */
@Configuration(proxyBeanMethods = false)
class PipelineConfiguration {

    /** Spring Cloud Gateway has no switch for its search for a route, and for what passes CORS rules on to it. */
    @Bean
    static BeanDefinitionRegistryPostProcessor withoutRoutesForOtherHandlers() {
        return registry -> {
            registry.removeBeanDefinition("routePredicateHandlerMapping");
            registry.removeBeanDefinition("corsGatewayFilterApplicationListener");
        };
    }

    @Bean
    HttpHandler httpHandler(
            RequestPipeline pipeline,
            AnswerHeaders answerHeaders,
            RequestTelemetry telemetry,
            ProblemWriter problems,
            ApplicationContext context) {
        return new GatewayHandler(pipeline, answerHeaders, telemetry, problems, context);
    }
}
