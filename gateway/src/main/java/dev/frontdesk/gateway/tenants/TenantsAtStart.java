package dev.frontdesk.gateway.tenants;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Lets a gateway be ready only once it knows the tenants; otherwise calls that an older gateway serves would get 503
 * here. Spring Boot reports readiness after its runners. Without registration-service and Redis the gateway starts in
 * the end, because the default tenant works without them.
 */
final class TenantsAtStart implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(TenantsAtStart.class);

    private final TenantLoader loader;
    private final Duration within;

    TenantsAtStart(TenantLoader loader, Duration within) {
        this.loader = loader;
        this.within = within;
    }

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException, ExecutionException {
        try {
            loader.loaded().get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException unknown) {
            log.warn(
                    "The tenants are not known after {}: calls in tenants other than default get 503 until they are",
                    within);
        }
    }
}
