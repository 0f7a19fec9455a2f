package dev.frontdesk.notification.accounts;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Refuses at once what is for an account that is known to be gone. One that the directory does not have may be so new that
 * its event is on its way; that is found out by the job.
 */
@Component
public class RecipientCheck {

    private final Accounts accounts;

    RecipientCheck(Accounts accounts) {
        this.accounts = accounts;
    }

    /** @param account none for what goes to an address */
    public Mono<Void> check(TenantId tenant, @Nullable UUID account) {
        return Mono.justOrEmpty(account)
                .flatMap(id -> accounts.find(tenant, id))
                .filter(Recipient::deleted)
                .flatMap(_ -> Mono.error(new ProblemException(ProblemType.NOT_FOUND, "There is no such account.")));
    }
}
