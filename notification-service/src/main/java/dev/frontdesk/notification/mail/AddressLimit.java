package dev.frontdesk.notification.mail;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.values.Sha256;
import dev.frontdesk.notification.jobs.RetryableFailure;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How many mails one address gets in a window, from all tenants together: limits of codes and of queues are each tenant's
 * own, and whoever owns the address is one person. Capacity and window are {@code mail.address-limit} and
 * {@code .address-window}. The last {@code mail.address-reserved} places are for codes of ours, so that nobody's mails keep
 * the way back in from whoever waits for it; without the database no mail is sent at all, so this fails closed. A place is taken before a mail
 * is sent and given back when it certainly was not; who dies in between leaves it taken, until the window is over.
 */
@Component
class AddressLimit extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(AddressLimit.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PURGE_EVERY = Duration.ofMinutes(10);

    private static final String TAKE = """
            WITH taken AS (
                INSERT INTO mailed_addresses AS m (address_hash, window_end, mails)
                VALUES (:hash, now() + make_interval(secs => :window), 1)
                ON CONFLICT (address_hash) DO UPDATE SET
                    mails = CASE WHEN m.window_end <= now() THEN 1 ELSE m.mails + 1 END,
                    window_end = CASE WHEN m.window_end <= now() THEN excluded.window_end ELSE m.window_end END
                WHERE m.window_end <= now() OR m.mails < :most
                RETURNING 1)
            SELECT CAST(CASE WHEN EXISTS (SELECT 1 FROM taken) THEN 0
                   ELSE coalesce((SELECT ceil(extract(epoch FROM window_end - now())) FROM mailed_addresses
                                  WHERE address_hash = :hash), 0) + 1 END AS bigint) AS wait
            """;

    private static final String GIVE_BACK = """
            UPDATE mailed_addresses SET mails = greatest(mails - 1, 0)
            WHERE address_hash = :hash AND window_end > now()
            """;

    private static final String PURGE = "DELETE FROM mailed_addresses WHERE window_end <= now()";

    private final DatabaseClient database;
    private final MailProperties properties;

    AddressLimit(DatabaseClient database, MailProperties properties) {
        super("the count of mails to an address");
        this.database = database;
        this.properties = properties;
    }

    /**
     * Ends with one place taken; fails with {@link RetryableFailure} until the window is over when there is none.
     *
     * @param awaited whether it is one that may have a reserved place
     */
    Mono<Void> take(MailAddress address, boolean awaited) {
        return database.sql(TAKE)
                .bind("hash", hash(address))
                .bind("window", properties.addressWindow().toMillis() / 1000.0)
                .bind("most", properties.addressLimit() - (awaited ? 0 : properties.addressReserved()))
                .map(row -> required(row, "wait", Long.class))
                .one()
                .timeout(TIMEOUT)
                .flatMap(seconds -> seconds == 0
                        ? Mono.empty()
                        : Mono.error(new RetryableFailure(
                                "this address got as many mails as it may for now",
                                Duration.ofSeconds(seconds),
                                null)));
    }

    /** A place that stays taken costs one mail of the window, and is no reason to fail. */
    Mono<Void> giveBack(MailAddress address) {
        return database.sql(GIVE_BACK)
                .bind("hash", hash(address))
                .then()
                .timeout(TIMEOUT)
                .onErrorResume(error -> {
                    log.warn("a mail that was not sent stays counted: {}", error.toString());
                    return Mono.empty();
                });
    }

    @Override
    protected Flux<Void> work() {
        return beats(PURGE_EVERY)
                .concatMap(
                        _ -> unlessStopping(database.sql(PURGE).then().timeout(TIMEOUT))
                                .doOnSuccess(_ -> recovered())
                                .onErrorResume(this::reported),
                        1);
    }

    /** Of one person, however they are written. */
    private static String hash(MailAddress address) {
        return Sha256.hex(address.toString().toLowerCase(Locale.ROOT));
    }
}
