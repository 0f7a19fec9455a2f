package dev.frontdesk.kit.health;

import java.util.Map;
import reactor.core.publisher.Mono;

/** A part of a service's health report, such as a dependency. Each bean of this type is one part. */
public interface HealthPart {

    /** The name in snake_case. */
    String name();

    /**
     * Checks the part now. An error or a slow response counts as down; the next check begins only after the previous
     * one has ended.
     *
     * @return details in addition to the status: numbers and words, no addresses and no data of tenants or users
     */
    Mono<Map<String, Object>> look();
}
