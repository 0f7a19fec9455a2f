package dev.frontdesk.gateway.assertions;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Warns once at the start if the issuer is still that of a local installation, though others seem to reach this one. */
@Component
final class IssuerCheck implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(IssuerCheck.class);

    private final SigningProperties properties;
    private final Environment environment;

    IssuerCheck(SigningProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        warning().ifPresent(log::warn);
    }

    Optional<String> warning() {
        boolean isDefault = properties.issuer().toString().equals(SigningProperties.DEFAULT_ISSUER);
        return isDefault && isReachedByOthers()
                ? Optional.of(
                        "FRONTDESK_SIGNING_ISSUER is " + SigningProperties.DEFAULT_ISSUER
                                + ", but TLS or trusted proxies are configured. Set it to the public URL of the gateway, which applications check")
                : Optional.empty();
    }

    private boolean isReachedByOthers() {
        return !environment.getProperty("frontdesk.gateway.tls.certificate", "").isBlank()
                || !Binder.get(environment)
                        .bind("frontdesk.gateway.trusted-proxies", Bindable.listOf(String.class))
                        .orElse(List.of())
                        .isEmpty();
    }
}
