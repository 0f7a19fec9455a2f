package dev.frontdesk.kit.health;

import java.util.Map;
import reactor.core.publisher.Mono;

/** Something that a service needs, or has to tell, in its health. Each bean of this type is one. */
public interface HealthPart {

    /** In snake_case. */
    String name();

    /**
     * Looks now. An error is taken for down, and so is an answer that takes long; no second look begins before the first
     * has ended.
     *
     * @return what there is to tell beside the status: numbers and words, no addresses and nothing of anybody's
     */
    Mono<Map<String, Object>> look();
}
