package dev.frontdesk.notification.mail;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.accounts.Accounts;
import dev.frontdesk.notification.accounts.Recipient;
import dev.frontdesk.notification.jobs.PermanentFailure;
import dev.frontdesk.notification.jobs.RetryableFailure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Resolves the recipient of a mail: the address in the payload, or the current address of the account. */
@Component
class RecipientResolver {

    private static final String ELSE = "en";

    /**
     * Three quarters of an hour, with the backoff of mails. If no event has come by then, the account is assumed not to
     * exist.
     */
    private static final int EVENT_WITHIN_ATTEMPTS = 12;

    private final Accounts accounts;

    RecipientResolver(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Fails with {@link PermanentFailure} when there never will be a recipient, and with {@link RetryableFailure} when
     * there is none yet.
     *
     * @param attempt the number of the attempt, 1 for the first
     */
    Mono<MailRecipient> of(TenantId tenant, MailPayload payload, int attempt) {
        UUID account = payload.accountId();
        if (account == null) {
            return Mono.fromSupplier(() -> new MailRecipient(
                    address(payload.to()),
                    orEmpty(payload.firstName()),
                    payload.locale() == null ? ELSE : payload.locale()));
        }
        return accounts.find(tenant, account)
                .map(found -> reader(found, payload.locale(), attempt))
                .switchIfEmpty(Mono.error(() -> missing("account", attempt)));
    }

    /** The event about the account may not have arrived yet. */
    private static RuntimeException missing(String what, int attempt) {
        return attempt < EVENT_WITHIN_ATTEMPTS
                ? new RetryableFailure("the " + what + " is not known yet", null)
                : new PermanentFailure("the " + what + " does not exist");
    }

    private static MailRecipient reader(Recipient account, @Nullable String wanted, int attempt) {
        if (account.deleted()) {
            throw new PermanentFailure("the account was deleted");
        }
        if (account.disabled()) {
            throw new PermanentFailure("the account is disabled");
        }
        if (account.email() == null) {
            throw missing("address of the account", attempt);
        }
        String locale = wanted != null ? wanted : account.locale();
        return new MailRecipient(
                address(account.email()), orEmpty(account.firstName()), locale == null ? ELSE : locale);
    }

    private static MailAddress address(@Nullable String address) {
        try {
            return MailAddress.of(orEmpty(address));
        } catch (IllegalArgumentException malformed) {
            throw new PermanentFailure("the address is not valid for SMTP", malformed);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
