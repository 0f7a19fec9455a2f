package dev.frontdesk.registration.accounts;

import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.profiles.PersonName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

@RunningService
class SearchKeysIT {

    private static final String WITHOUT_KEYS =
            "UPDATE accounts SET email_key = NULL, first_name_key = NULL, last_name_key = NULL, keyed_of = NULL";

    @Autowired
    private SearchKeys keys;

    @Autowired
    private AccountChanges changes;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Members members;

    @Autowired
    private Visitor visitor;

    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().replace("-", ""));

    @Test
    void areAddedToExistingAccounts() {
        var ids = IntStream.range(0, 20)
                .mapToObj(it -> members.ada(tenant, it + "@example.org").id().toString())
                .toList();
        update(WITHOUT_KEYS + ", first_name = 'İbrahim'");

        // Two instances at once, and one after both.
        Mono.when(keys.makeMissing(), keys.makeMissing()).block();
        keys.makeMissing().block();

        assertThat(found("IBRAHIM")).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(unkeyed()).isZero();
    }

    @Test
    void areMadeWhenAnInstanceStarts() {
        members.ada(tenant, "ada@example.org");
        update(WITHOUT_KEYS);

        keys.stop();
        keys.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> unkeyed() == 0);
    }

    @Test
    void areRenewedAfterWritesOfThePreviousVersion() {
        var id = members.ada(tenant, "ada@example.org").id().toString();
        update("UPDATE accounts SET first_name = 'İnönü'");

        keys.makeMissing().block();

        assertThat(found("inönü")).containsExactly(id);
        assertThat(found("ada l")).isEmpty();
        assertThat(found("ada@")).containsExactly(id);
    }

    @Test
    void changeWithWhatTheyAreOf() {
        var ada = members.ada(tenant, "ada@example.org");
        var change = new ProfileChange(new PersonName("İrem"), null, null, false, null);

        changes.changeProfile(tenant, ada.id(), change).block();
        changes.changeAddress(ada, new EmailAddress("ada@bücher.example")).block();

        assertThat(unkeyed()).isZero();
        for (String beginning : List.of("IREM", "lovelace", "ada@büch")) {
            assertThat(found(beginning)).as(beginning).containsExactly(ada.id().toString());
        }
    }

    @Test
    void ofAChangeStayOutOfDateWhereTheyWereBefore() {
        var ada = members.ada(tenant, "ada@example.org");
        update(WITHOUT_KEYS);
        var change = new ProfileChange(new PersonName("İrem"), null, null, false, null);

        changes.changeProfile(tenant, ada.id(), change).block();
        keys.makeMissing().block();

        assertThat(found("lovelace")).containsExactly(ada.id().toString());
        assertThat(unkeyed()).isZero();
    }

    private void update(String statement) {
        database.sql(statement + " WHERE tenant = :tenant")
                .bind("tenant", tenant.value())
                .fetch()
                .rowsUpdated()
                .block();
    }

    private Long unkeyed() {
        return database.sql("""
                        SELECT count(*) AS missing FROM accounts
                        WHERE tenant = :tenant
                            AND keyed_of IS DISTINCT FROM email || E'\\n' || first_name || E'\\n' || last_name
                        """)
                .bind("tenant", tenant.value())
                .map(row -> row.get("missing", Long.class))
                .one()
                .blockOptional()
                .orElseThrow();
    }

    private List<String> found(String beginning) {
        var page = json(visitor.get(
                        "/api/v1/admin/accounts?q=" + URLEncoder.encode(beginning, StandardCharsets.UTF_8),
                        new Caller.Operator(tenant))
                .expectStatus()
                .isOk());
        return StreamSupport.stream(page.get("accounts").spliterator(), false)
                .map(account -> account.get("id").asString())
                .toList();
    }
}
