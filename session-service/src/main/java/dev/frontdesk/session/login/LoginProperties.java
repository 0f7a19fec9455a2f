package dev.frontdesk.session.login;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param registrationUrl the address of registration-service, http://host:port; FRONTDESK_SERVICES_REGISTRATION
 * @param checkTimeout for one check of a password, including the wait for a free hasher; after that the login gets 503
 */
@ConfigurationProperties("frontdesk.session.login")
record LoginProperties(
        URI registrationUrl, @DefaultValue("5s") Duration checkTimeout) {

    LoginProperties {
        if (registrationUrl == null || registrationUrl.getHost() == null) {
            throw new IllegalArgumentException("FRONTDESK_SERVICES_REGISTRATION must be http://host:port");
        }
        if (!checkTimeout.isPositive()) {
            throw new IllegalArgumentException("frontdesk.session.login.check-timeout must be positive");
        }
    }
}
