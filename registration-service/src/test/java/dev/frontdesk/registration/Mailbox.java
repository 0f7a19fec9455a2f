package dev.frontdesk.registration;

import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.KafkaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events for an address, as the sender of its mails does. */
@TestComponent
public final class Mailbox {

    public static final String VERIFICATION_REQUESTED = "dev.frontdesk.account.verification-requested.v1";
    public static final String ADDRESS_ALREADY_REGISTERED = "dev.frontdesk.account.address-already-registered.v1";
    public static final String ACCOUNT_VERIFIED = "dev.frontdesk.account.verified.v1";

    private static final JsonMapper JSON = new JsonMapper();

    private final Kafka kafka;
    private final SealedSecrets secrets;

    Mailbox(Kafka kafka, SealedSecrets secrets) {
        this.kafka = kafka;
        this.secrets = secrets;
    }

    /** The code of the newest mail, once there are that many. */
    public String code(String email, int mails) {
        return codeIn(awaitEvents(email, VERIFICATION_REQUESTED, mails).getLast());
    }

    /** The codes of that many mails, oldest first. */
    public List<String> codes(String email, int mails) {
        return awaitEvents(email, VERIFICATION_REQUESTED, mails).stream()
                .map(this::codeIn)
                .toList();
    }

    public String code(String email) {
        return code(email, 1);
    }

    /** For an address that is also used in other tenants. */
    public String codeIn(TenantId tenant, String email) {
        List<KafkaRecord> sent = await().atMost(Duration.ofSeconds(15))
                .until(
                        () -> events(email, VERIFICATION_REQUESTED).stream()
                                .filter(it -> tenant.value().equals(it.headers().get("ce_tenant")))
                                .toList(),
                        found -> !found.isEmpty());
        return codeIn(sent.getLast());
    }

    private String codeIn(KafkaRecord sent) {
        JsonNode event = read(sent);
        return secrets.open(
                event.get("sealed_code").asString(),
                "verification-code:" + event.get("registration_id").asString());
    }

    /** Waits until there are exactly that many events of this type for the account. */
    public List<KafkaRecord> awaitEventsOf(String accountId, String type, int count) {
        return await().atMost(Duration.ofSeconds(15))
                .until(
                        () -> kafka.topic(Topics.ACCOUNT_EVENTS).records().stream()
                                .filter(it -> type.equals(it.headers().get("ce_type")))
                                .filter(it -> accountId.equals(it.key()))
                                .toList(),
                        found -> found.size() == count);
    }

    /** A well-formed code that is wrong. */
    public static String wrong(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }

    /** Waits until there are exactly that many events of this type for the address. */
    public List<KafkaRecord> awaitEvents(String email, String type, int count) {
        return await().atMost(Duration.ofSeconds(15)).until(() -> events(email, type), found -> found.size() == count);
    }

    /**
     * Each event once, even if it was sent twice: consumers detect duplicates by the id. Oldest first: two
     * registrations of an address may be in two partitions.
     */
    public List<KafkaRecord> events(String email, String type) {
        return kafka.topic(Topics.ACCOUNT_EVENTS).records().stream()
                .filter(it -> type.equals(it.headers().get("ce_type")))
                // Parsing every event of all tests would take longer than what they test.
                .filter(it -> it.value().contains(email))
                .filter(it -> email.equals(read(it).path("email").asString("")))
                .collect(toMap(it -> it.headers().getOrDefault("ce_id", ""), it -> it, (first, _) -> first))
                .values()
                .stream()
                .sorted(Comparator.comparing(it -> Instant.parse(it.headers().getOrDefault("ce_time", ""))))
                .toList();
    }

    public static JsonNode read(KafkaRecord event) {
        return JSON.readTree(event.value());
    }
}
