package dev.frontdesk.notification.mail;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.values.Sha256;
import dev.frontdesk.notification.jobs.BatchedStatements;
import dev.frontdesk.notification.jobs.RetryableFailure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Limits how many mails one address gets in a window, from all tenants together: the limits of codes and of queues are
 * per tenant, but the owner of an address is one person. Capacity and window are {@code mail.address-limit} and
 * {@code .address-window}. The last {@code mail.address-reserved} places are only for codes of ours, so that other
 * mails can't lock out an owner who waits for a code. Without the database no mail is sent at all, so this fails
 * closed. A place is taken before a mail is sent, in the transaction that marks the mail as begun, and given back when
 * the mail certainly was not sent. After a crash in between, it stays taken until the window is over.
 */
@Component
class RecipientLimit {

    private static final Logger log = LoggerFactory.getLogger(RecipientLimit.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String BEGIN = """
            SELECT number, wait
            FROM begin_mails(CAST(:ids AS uuid[]), CAST(:fences AS bigint[]), CAST(:hashes AS text[]), CAST(:most AS int[]),
                             make_interval(secs => :window))
            ORDER BY number
            """;

    private static final String GIVE_BACK = """
            UPDATE mailed_addresses SET mails = greatest(mails - 1, 0)
            WHERE address_hash = :hash AND window_end > now()
            """;

    private static final int BATCH = 200;
    private static final int BATCHES_AT_ONCE = 2;
    private static final int MOST_WAITING = 10_000;

    private static final long CLAIM_LOST = -1;

    /** @param most the limit that applies to the mail */
    private record Beginning(UUID job, long fence, String hash, int most) {}

    private final DatabaseClient database;
    private final MailProperties properties;

    /** Mails that are sent at the same time share a statement and its commit. */
    private final BatchedStatements<Beginning, Long> beginning =
            new BatchedStatements<>(this::begin, _ -> 1, BATCH, BATCH, BATCHES_AT_ONCE, MOST_WAITING);

    RecipientLimit(DatabaseClient database, MailProperties properties) {
        this.database = database;
        this.properties = properties;
    }

    /**
     * Takes one place for a claimed mail, and marks the mail as begun. Fails with {@link RetryableFailure} when no place
     * is free, so that the retry waits until the window is over, or when the mail is no longer claimed.
     *
     * @param job the job of the mail
     * @param fence of its claim
     * @param awaited whether the mail may take a reserved place
     */
    Mono<Void> begin(UUID job, long fence, MailAddress address, boolean awaited) {
        int most = properties.addressLimit() - (awaited ? 0 : properties.addressReserved());
        return beginning
                .run(new Beginning(job, fence, hash(address), most))
                .timeout(TIMEOUT.multipliedBy(2))
                .flatMap(seconds -> seconds == 0 ? Mono.empty() : Mono.error(notBegun(seconds)));
    }

    private static RetryableFailure notBegun(long seconds) {
        return seconds == CLAIM_LOST
                ? new RetryableFailure("the claim of this mail was lost", null)
                : new RetryableFailure("the mail limit of this address is used up", Duration.ofSeconds(seconds), null);
    }

    /** @return for each mail the seconds until the window is over; 0 if it was begun */
    private Mono<List<Long>> begin(List<Beginning> mails) {
        return database.sql(BEGIN)
                .bind("ids", mails.stream().map(Beginning::job).toArray(UUID[]::new))
                .bind("fences", mails.stream().map(Beginning::fence).toArray(Long[]::new))
                .bind("hashes", mails.stream().map(Beginning::hash).toArray(String[]::new))
                .bind("most", mails.stream().map(Beginning::most).toArray(Integer[]::new))
                .bind("window", properties.addressWindow().toMillis() / 1000.0)
                .map(row -> required(row, "wait", Long.class))
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    /**
     * Gives a place back. An error is only logged: a place that stays taken costs one mail in this window, and is no
     * reason to fail.
     */
    Mono<Void> giveBack(MailAddress address) {
        return database.sql(GIVE_BACK)
                .bind("hash", hash(address))
                .then()
                .timeout(TIMEOUT)
                .onErrorResume(error -> TraceLog.line(
                        () -> log.warn("Unsent mail stays counted in the limit of its address: {}", error.toString())));
    }

    /** Ignores case, so that all spellings of one address share its limit. */
    private static String hash(MailAddress address) {
        return Sha256.hex(address.toString().toLowerCase(Locale.ROOT));
    }
}
