package dev.frontdesk.kit.environment;

import java.util.List;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Stops a service before any bean is created if its environment lacks a variable, or has a value that must not be used
 * outside a developer's machine. Runs after all other code that adds settings, and after logging is set up, which must
 * print the reason.
 */
public final class EnvironmentCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        var environment = event.getEnvironment();
        List<String> faults = EnvironmentList.ofThisService().faultsIn(environment);
        if (!faults.isEmpty()) {
            throw new InvalidEnvironmentException(
                    environment.getProperty("spring.application.name", "The service"), faults);
        }
    }
}
