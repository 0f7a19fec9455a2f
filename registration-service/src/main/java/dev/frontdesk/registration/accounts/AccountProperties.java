package dev.frontdesk.registration.accounts;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param readTimeout how long a look-up may take, including the wait for a connection
 * @param writeTimeout how long the transaction that opens an account may take; shorter than a verification's claim, so
 *     that no other request is granted the claim in the meantime
 */
@ConfigurationProperties("frontdesk.registration.accounts")
public record AccountProperties(
        @DefaultValue("1s") Duration readTimeout,
        @DefaultValue("3s") Duration writeTimeout) {}
