package dev.frontdesk.gateway.degradation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a dependency counts as down. A service that responds counts as up, whatever its response is.
 *
 * @param calls how many of the last calls are evaluated
 * @param failed percentage of them that must have failed
 * @param pause how long no calls are made after that many failures
 * @param trials number of trial calls after the pause
 */
@ConfigurationProperties("frontdesk.gateway.breakers")
record BreakerProperties(
        @DefaultValue("20") int calls,
        @DefaultValue("50") int failed,
        @DefaultValue("2s") Duration pause,
        @DefaultValue("3") int trials) {}
