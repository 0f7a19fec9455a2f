package dev.frontdesk.gateway.usage;

import dev.frontdesk.gateway.limits.BoundState;
import java.time.Instant;
import java.util.List;

/**
 * The response about a tenant.
 *
 * @param bounds how it stands now; empty without limits
 * @param requestCount of the whole range, with the refused ones
 * @param apiKeys those with most requests
 * @param otherApiKeys all others together
 */
record TenantUsage(
        UsageInterval interval,
        Instant from,
        Instant to,
        List<BoundState> bounds,
        long requestCount,
        long refusedCount,
        List<Period> periods,
        List<OfApiKey> apiKeys,
        Others otherApiKeys,
        List<OfAccount> accounts,
        Others otherAccounts) {

    /** @param requestCount with the refused ones */
    record Period(Instant from, Instant to, long requestCount, long refusedCount) {}

    record OfApiKey(String apiKeyId, long requestCount, long refusedCount) {

        static OfApiKey of(UsageTotals.OfSubject total) {
            return new OfApiKey(
                    total.id(), total.count().requests(), total.count().refused());
        }
    }

    record OfAccount(String accountId, long requestCount, long refusedCount) {

        static OfAccount of(UsageTotals.OfSubject total) {
            return new OfAccount(
                    total.id(), total.count().requests(), total.count().refused());
        }
    }

    record Others(long requestCount, long refusedCount) {

        static Others of(RequestCount count) {
            return new Others(count.requests(), count.refused());
        }
    }

    static TenantUsage of(SubjectUsage own, UsageTotals.Ranking apiKeys, UsageTotals.Ranking accounts) {
        return new TenantUsage(
                own.interval(),
                own.from(),
                own.to(),
                own.bounds(),
                own.requestCount(),
                own.refusedCount(),
                own.periods(),
                apiKeys.most().stream().map(OfApiKey::of).toList(),
                Others.of(apiKeys.others()),
                accounts.most().stream().map(OfAccount::of).toList(),
                Others.of(accounts.others()));
    }
}
