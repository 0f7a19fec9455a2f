package dev.frontdesk.gateway.degradation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a dependency counts as down. A service that responds counts as up, whatever its response is.
 *
 * @param within the longest total time of a call; longer than any timeout inside it
 * @param leasesWithin the same for a call that may wait for work
 * @param calls how many of the last calls are evaluated
 * @param failed percentage of them that must have failed
 * @param pause how long no calls are made after that many failures
 * @param trials number of trial calls after the pause
 */
@ConfigurationProperties("frontdesk.gateway.breakers")
record BreakerProperties(
        @DefaultValue("15s") Duration within,
        @DefaultValue("30s") Duration leasesWithin,
        @DefaultValue("20") int calls,
        @DefaultValue("50") int failed,
        @DefaultValue("2s") Duration pause,
        @DefaultValue("3") int trials) {}
