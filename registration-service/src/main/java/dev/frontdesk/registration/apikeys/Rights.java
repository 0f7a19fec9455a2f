package dev.frontdesk.registration.apikeys;

import dev.frontdesk.contracts.access.Endpoint;
import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may give a key: no more than it has itself. The same holds for a key that it changes or rotates: the
 * response to a rotation has the secret.
 *
 * @param operator whether the caller may do what only operators may
 * @param key the key that the caller uses, as it is stored now; null if it uses none
 */
record Rights(boolean operator, @Nullable ApiKey key) {

    /** @throws ProblemException 403 if a key with these values could do more than the caller */
    void check(Scopes scopes, Quotas limits, @Nullable Instant expiresAt) {
        for (Scope scope : scopes.all()) {
            if (!operator && Endpoint.isForOperators(scope)) {
                throw refusal("Only an operator may give the scope " + scope.text() + ".");
            }
            if (key != null && !key.scopes().allow(scope)) {
                throw refusal("The calling API key lacks the scope " + scope.text() + ", so it can't give it.");
            }
        }
        if (key != null && !isWithin(expiresAt, key.expiresAt())) {
            throw refusal("The key must expire no later than the calling API key.");
        }
        if (key != null && !isWithin(limits, key.limits())) {
            throw refusal("The limits must be set and no higher where the calling API key has limits.");
        }
    }

    private static boolean isWithin(@Nullable Instant end, @Nullable Instant ownEnd) {
        return ownEnd == null || end != null && !end.isAfter(ownEnd);
    }

    private static boolean isWithin(Quotas quotas, Quotas own) {
        return isWithin(quotas.perMinute(), own.perMinute())
                && isWithin(quotas.perHour(), own.perHour())
                && isWithin(quotas.perDay(), own.perDay());
    }

    private static boolean isWithin(@Nullable Long quota, @Nullable Long own) {
        return own == null || quota != null && quota <= own;
    }

    static ProblemException refusal(String detail) {
        return new ProblemException(ProblemType.FORBIDDEN, detail);
    }
}
