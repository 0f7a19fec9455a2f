package dev.frontdesk.registration.profilecache;

import static dev.frontdesk.registration.Members.owner;
import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.AccountEvent.ProfileChanged;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.events.EventPublisher;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountAnswer;
import dev.frontdesk.registration.accounts.AccountChanges;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.accounts.ProfileChange;
import dev.frontdesk.registration.profiles.PersonName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;

@RunningService
class CachedProfilesIT {

    @Autowired
    private CachedProfiles profiles;

    @Autowired
    private RedisProfiles copies;

    @Autowired
    private Accounts accounts;

    @Autowired
    private AccountChanges changes;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec codec;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private Stores stores;

    @Value("${frontdesk.env}")
    private String environment;

    private final Members members;
    private final Account account;

    CachedProfilesIT(@Autowired Members members) {
        this.members = members;
        this.account = members.ada(anyEmail());
    }

    @Test
    void keepAProfileForMinutesWithoutItsHash() {
        assertThat(find()).isEqualTo("Ada");

        assertThat(copy()).contains("Ada").doesNotContain("argon2");
        assertThat(stores.timeToLive(key())).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void answerFromTheCopy() {
        find();
        redis.<String, String>opsForHash()
                .put(key(), "profile", copy().replace("Ada", "Copied"))
                .block();
        assertThat(find()).isEqualTo("Copied");
        assertThat(profiles.find(new TenantId("other"), account.id()).blockOptional())
                .isEmpty();
    }

    @Test
    void passOverACopyThatCannotBeRead() {
        redis.<String, String>opsForHash()
                .put(key(), "profile", "{\"of\":\"another version\"}")
                .block();
        assertThat(find()).isEqualTo("Ada");
    }

    /** A reader holds the old row while a writer changes it and deletes the cached copy. */
    @Test
    void neverKeepARowThatWasReadBeforeAChange() {
        Account old = accounts.find(ACME, account.id()).blockOptional().orElseThrow();
        Account changed = rename("Augusta");
        profiles.changed(changed).block();

        copies.keep(old).block();

        assertThat(copies.find(ACME, account.id()).blockOptional()).isEmpty();
        assertThat(find()).isEqualTo("Augusta");
        copies.keep(old).block();
        assertThat(find()).isEqualTo("Augusta");
        assertThat(copy()).contains("Augusta");
    }

    @Test
    void keepWhatIsNewerThanALateInvalidation() {
        Instant before = account.updatedAt();
        rename("Augusta");
        find();
        profiles.changed(ACME, account.id(), before).block();
        assertThat(copy()).contains("Augusta");
    }

    /** The process that changed the row died before it deleted the cached copy. */
    @Test
    void dropACopyWhenTheEventOfItsChangeComesRound() {
        find();
        rename("Augusta");
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(find()).isEqualTo("Augusta"));
    }

    @Test
    void hearOfAChangeTwice() {
        find();
        var event = codec.store(
                UUID.randomUUID(),
                new ProfileChanged(
                        "acme", account.id(), "Ada", "en", account.updatedAt().plusSeconds(1)),
                Instant.now(),
                null);
        publisher.publish(List.of(event, event)).block();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> redis.<String, String>opsForHash()
                        .hasKey(key(), "profile")
                        .map(has -> !has)
                        .blockOptional()
                        .orElseThrow());
    }

    @Test
    void lookUpOnceForManyWhoAskAtOnce() {
        var answers = Flux.range(0, 100)
                .flatMap(_ -> profiles.find(ACME, account.id()), 100)
                .collectList()
                .blockOptional()
                .orElseThrow();
        assertThat(answers).hasSize(100);
        Set<AccountAnswer> lookedUp = Collections.newSetFromMap(new IdentityHashMap<>());
        lookedUp.addAll(answers);
        // A look-up may end before the last one asks, and each makes its own object.
        assertThat(lookedUp).hasSizeLessThan(100);
    }

    private Account rename(String name) {
        var change = new ProfileChange(new PersonName(name), null, null, false, null);
        return changes.changeProfile(ACME, account.id(), change).blockOptional().orElseThrow();
    }

    private String find() {
        return json(members.get("/api/v1/users/me", owner(account))
                        .expectStatus()
                        .isOk())
                .get("first_name")
                .asString();
    }

    private String copy() {
        return Objects.requireNonNull(
                redis.<String, String>opsForHash().get(key(), "profile").block());
    }

    /** Written out here, because the documents promise this name. */
    private String key() {
        return "frontdesk:%s:acme:profile:%s".formatted(environment, account.id());
    }
}
