package dev.frontdesk.gateway.degradation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a part counts as away. A service that answers is there, whatever it answers.
 *
 * @param within how long a call may take in all; longer than any timeout inside it
 * @param leasesWithin the same for one that may wait for work
 * @param calls how many of the last calls are looked at
 * @param failed percentage of them that must have failed
 * @param pause how long nobody asks then
 * @param trials calls that are tried after the pause
 */
@ConfigurationProperties("frontdesk.gateway.breakers")
record BreakerProperties(
        @DefaultValue("15s") Duration within,
        @DefaultValue("30s") Duration leasesWithin,
        @DefaultValue("20") int calls,
        @DefaultValue("50") int failed,
        @DefaultValue("2s") Duration pause,
        @DefaultValue("3") int trials) {}
