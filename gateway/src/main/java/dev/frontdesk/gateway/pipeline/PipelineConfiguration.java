package dev.frontdesk.gateway.pipeline;

import dev.frontdesk.gateway.headers.AnswerHeaders;
import dev.frontdesk.kit.web.ProblemWriter;
import dev.frontdesk.kit.web.RequestTelemetry;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;

/** Replaces Spring Boot's handler of the public port; the management port has its own. */
@Configuration(proxyBeanMethods = false)
class PipelineConfiguration {

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
