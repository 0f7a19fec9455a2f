package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.Accounts;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds the account that an e-mail address belongs to, if PostgreSQL can be asked. */
@Component
public final class AddressOwners {

    private static final Logger log = LoggerFactory.getLogger(AddressOwners.class);

    private final Accounts accounts;

    AddressOwners(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Returns empty while PostgreSQL is down. An owner who signs up in that time is told when they prove the address.
     */
    public Mono<Optional<Account>> of(TenantId tenant, EmailAddress email) {
        return accounts.find(tenant, email)
                .singleOptional()
                .onErrorResume(
                        Outages::isBehind,
                        outage -> TraceLog.<Optional<Account>>line(() -> log.warn(
                                        "Accounts are unavailable; unknown whether {} has one: {}",
                                        email,
                                        outage.toString()))
                                .defaultIfEmpty(Optional.empty()));
    }
}
