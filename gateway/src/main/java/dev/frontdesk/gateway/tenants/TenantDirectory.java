package dev.frontdesk.gateway.tenants;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.TenantPage;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All tenants, read from registration-service. */
final class TenantDirectory {

    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final WebClient registrationService;
    private final IdentityAssertions assertions;

    TenantDirectory(WebClient registrationService, IdentityAssertions assertions) {
        this.registrationService = registrationService;
        this.assertions = assertions;
    }

    Flux<TenantRecord> all() {
        return page(null)
                .expand(page -> page.next() == null ? Mono.empty() : page(page.next()))
                .concatMapIterable(TenantPage::tenants);
    }

    private Mono<TenantPage> page(@Nullable String after) {
        return Mono.defer(() -> registrationService
                        .get()
                        .uri(uri -> {
                            uri.path(TenantPage.PATH);
                            return (after == null ? uri : uri.queryParam(TenantPage.AFTER, after)).build();
                        })
                        .header(Headers.IDENTITY, assertions.sign(GATEWAY))
                        .retrieve()
                        .bodyToMono(TenantPage.class))
                .timeout(TIMEOUT);
    }
}
