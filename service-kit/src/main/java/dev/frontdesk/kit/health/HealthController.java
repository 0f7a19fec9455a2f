package dev.frontdesk.kit.health;

import dev.frontdesk.contracts.health.ServiceHealth;
import dev.frontdesk.kit.identity.Caller;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Always answers 200, because a service that answers is running. Independent of the probes, which have their own port.
 */
@RestController
class HealthController {

    private final Health health;

    HealthController(Health health) {
        this.health = health;
    }

    @GetMapping(ServiceHealth.PATH)
    Mono<ResponseEntity<ServiceHealth>> health(Caller.Service caller) {
        return health.now()
                .map(now ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(now));
    }
}
