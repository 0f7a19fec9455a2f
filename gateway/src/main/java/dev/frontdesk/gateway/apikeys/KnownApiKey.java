package dev.frontdesk.gateway.apikeys;

import dev.frontdesk.contracts.apikeys.ApiKeyRecord;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;

/**
 * A key, and the caller that it stands for.
 *
 * @param caller made once, because every request with the key needs it
 */
record KnownApiKey(ApiKeyRecord record, Caller.ApiKey caller) {

    static KnownApiKey of(ApiKeyRecord record) {
        return new KnownApiKey(
                record, new Caller.ApiKey(new TenantId(record.tenant()), record.id(), Scopes.known(record.scopes())));
    }
}
