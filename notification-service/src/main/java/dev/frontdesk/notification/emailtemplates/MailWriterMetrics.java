package dev.frontdesk.notification.emailtemplates;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes how many mails wait to be written: tenants write the templates, and may make them slow. */
@Configuration(proxyBeanMethods = false)
class MailWriterMetrics {

    @Bean
    MeterBinder mailWriterThreads(MailWriter writer) {
        return writer.threadMetrics();
    }
}
