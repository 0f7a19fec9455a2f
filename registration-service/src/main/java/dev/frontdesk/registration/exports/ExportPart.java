package dev.frontdesk.registration.exports;

import dev.frontdesk.registration.accounts.Account;
import reactor.core.publisher.Mono;

/** What one feature keeps of an account; each bean of this kind is a field of the export. */
public interface ExportPart {

    /** The field, in snake_case. */
    String name();

    /**
     * Its value, as JSON is written of it: data of the owner alone, and no secret, hash or code. Empty where there is
     * nothing. What is long has a limit.
     */
    Mono<?> of(Account account);
}
