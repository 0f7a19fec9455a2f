package dev.frontdesk.notification.accounts;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Refuses requests for an account that is known to be deleted. An account that is missing in the directory may be so
 * new that its event has not arrived yet; the job checks that later.
 */
@Component
public class RecipientCheck {

    private final Accounts accounts;

    RecipientCheck(Accounts accounts) {
        this.accounts = accounts;
    }

    /** @param account null if the recipient is an address */
    public Mono<Void> check(TenantId tenant, @Nullable UUID account) {
        return Mono.justOrEmpty(account)
                .flatMap(id -> accounts.find(tenant, id))
                .filter(Recipient::deleted)
                .flatMap(_ -> Mono.error(new ProblemException(ProblemType.NOT_FOUND, "Account not found.")));
    }
}
