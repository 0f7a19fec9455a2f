package dev.frontdesk.gateway.usage;

import java.util.UUID;

/**
 * Whose requests a tenant sees: its own, those of an account or those of an API key.
 *
 * @param field the name in the hashes in Redis
 */
record UsageSubject(String field) {

    /** All requests of the tenant. */
    static final UsageSubject TENANT = new UsageSubject("tenant");

    static final String ACCOUNTS = "account:";
    static final String API_KEYS = "api_key:";

    /** Follows the field of a subject: its refused requests. */
    static final String REFUSED = ":refused";

    /** In place of an id: the subjects for which a hash had no room. */
    static final String OTHERS = "others";

    static UsageSubject account(UUID id) {
        return new UsageSubject(ACCOUNTS + id);
    }

    static UsageSubject apiKey(UUID id) {
        return new UsageSubject(API_KEYS + id);
    }
}
