package dev.frontdesk.gateway.usage;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.limits.RequestCounts;
import dev.frontdesk.kit.identity.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests in memory, until they are {@link #drain drained} a second later. A request costs one entry of a map; only
 * then it is counted for its tenant, its account and its key.
 */
final class UsageCounter implements RequestCounts {

    private final ConcurrentHashMap<By, RequestCount> counts = new ConcurrentHashMap<>();

    /** Who made a request: an account, an application with its key, or the application for the account. */
    private record By(
            TenantId tenant,
            @Nullable UUID account,
            @Nullable UUID apiKey) {

        List<UsageSubject> subjects() {
            var subjects = new ArrayList<UsageSubject>(3);
            subjects.add(UsageSubject.TENANT);
            if (account != null) {
                subjects.add(UsageSubject.account(account));
            }
            if (apiKey != null) {
                subjects.add(UsageSubject.apiKey(apiKey));
            }
            return subjects;
        }
    }

    @Override
    public void add(Caller caller, boolean refused) {
        Caller.ApiKey key = caller.apiKey();
        counts.merge(
                new By(
                        caller.tenant(),
                        caller instanceof Caller.Account account ? account.accountId() : null,
                        key == null ? null : key.id()),
                refused ? RequestCount.ONE_REFUSED : RequestCount.ONE_ALLOWED,
                RequestCount::plus);
    }

    /** Takes what was counted, of each tenant by subject. Requests of this moment are in this result or in the next one. */
    Map<TenantId, Map<UsageSubject, RequestCount>> drain() {
        var drained = new HashMap<TenantId, Map<UsageSubject, RequestCount>>();
        for (By by : counts.keySet()) {
            RequestCount count = counts.remove(by);
            if (count != null) {
                var ofTenant = drained.computeIfAbsent(by.tenant(), _ -> new HashMap<>());
                by.subjects().forEach(subject -> ofTenant.merge(subject, count, RequestCount::plus));
            }
        }
        return drained;
    }
}
