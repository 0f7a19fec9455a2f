package dev.frontdesk.kit.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Every service logs its requests; {@code logging.level.dev.frontdesk.kit.web.RequestLog=warn} turns this off. */
@AutoConfiguration
public class RequestLogAutoConfiguration {

    @Bean
    RequestLog requestLog() {
        return new RequestLog();
    }
}
