package dev.frontdesk.cache.entries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CacheKeysTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final UUID ADA = UUID.fromString("5e0f3c1a-0000-4000-8000-00000000ada0");

    private final CacheKeys keys = new CacheKeys(new KeySpace("local"));

    @Test
    void startWithTheTenantsOwnPrefix() {
        assertThat(keys.entry(new Owner.Application(ACME), new EntryName("prices", "usd")))
                .matches("frontdesk:local:acme:cache:\\{p\\d+}:app:prices:usd");
        assertThat(keys.entry(new Owner.Account(ACME, ADA), new EntryName("cart", "open")))
                .matches("frontdesk:local:acme:cache:\\{p\\d+}:account-5e0f3c1a-0000-4000-8000-00000000ada0:cart:open");
    }

    @Test
    void keepWhatTheCallerChoosesInItsPlace() {
        assertThat(keys.entry(new Owner.Application(ACME), new EntryName("n", "x:y {p1}*%3a")))
                .matches("frontdesk:local:acme:cache:\\{p\\d+}:app:n:x%3ay%20%7bp1%7d%2a%253a");
    }

    @Test
    void neverMeet() {
        var owners = List.of(
                new Owner.Application(ACME),
                new Owner.Application(new TenantId("acme-2")),
                new Owner.Account(ACME, ADA),
                new Owner.Account(ACME, new UUID(0, 1)),
                new Owner.Account(new TenantId("acme-2"), ADA));
        var names = List.of(
                new EntryName("a", "b:c"),
                new EntryName("a.b", "c"),
                new EntryName("a", "b"),
                new EntryName("b", "a"),
                new EntryName("app", "a"));
        var all = new ArrayList<String>();
        owners.forEach(owner -> names.forEach(name -> all.add(keys.entry(owner, name))));
        assertThat(all).doesNotHaveDuplicates();
    }
}
