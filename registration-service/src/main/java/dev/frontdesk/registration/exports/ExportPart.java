package dev.frontdesk.registration.exports;

import dev.frontdesk.registration.accounts.Account;
import reactor.core.publisher.Mono;

/** The data that one feature stores about an account; each bean of this type is a field of the export. */
public interface ExportPart {

    /** The name of the field, in snake_case. */
    String name();

    /**
     * The value, to be written as JSON: only data of the owner, and no secret, hash or code. Empty if there is none.
     * Long data must be limited.
     */
    Mono<?> of(Account account);
}
