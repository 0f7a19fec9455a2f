package dev.frontdesk.notification.realtime;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.notification.tenants.TenantStates;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Closes the sockets of tenants whose suspension or deletion this instance did not hear of. */
@Component
final class ClosedTenantsCheck extends BackgroundWork {

    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Sockets sockets;
    private final TenantStates states;

    ClosedTenantsCheck(Sockets sockets, TenantStates states) {
        super("Looking for sockets of suspended tenants");
        this.sockets = sockets;
        this.states = states;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY)
                .concatMap(
                        _ -> unlessStopping(check())
                                .doOnSuccess(_ -> recovered())
                                .onErrorResume(this::reported),
                        1);
    }

    Mono<Void> check() {
        return Mono.fromSupplier(sockets::tenants)
                .filter(tenants -> !tenants.isEmpty())
                .flatMapMany(states::closed)
                .doOnNext(tenant -> sockets.close(tenant, CloseReason.TENANT_CLOSED))
                .then();
    }
}
