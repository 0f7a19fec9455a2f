package dev.frontdesk.notification.mail;

import dev.frontdesk.notification.jobs.Retries;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param from sender, {@code Name <address>} (the name may be quoted) or an address; its domain also ends every
 *     Message-ID
 * @param host SMTP_HOST
 * @param port SMTP_PORT
 * @param username SMTP_USERNAME; null for a server that requires no login
 * @param password SMTP_PASSWORD
 * @param starttls whether to encrypt: DISABLED, OPTIONAL (where the server offers it) or REQUIRED
 * @param connections the maximum number of connections to the server for mails without a code of ours
 * @param codeConnections the same for mails with a code, so that these never wait for a connection that another mail
 *     uses
 * @param connectTimeout the timeout of the TCP connection
 * @param idleTimeout the time after which an idle connection is closed, also in the middle of a mail
 * @param sendTimeout the timeout of one mail, including the wait for a connection; so shorter than the timeout of an
 *     attempt
 * @param attempts the maximum number of attempts to send one mail; 50 take about ten hours
 * @param firstBackoff the wait after the first failed attempt; doubles with each one
 * @param addressLimit the maximum number of mails to one address in a window, from all tenants together; mails beyond
 *     the limit wait
 * @param addressReserved how many of those are only for mails with a code of ours
 * @param addressWindow the length of the window, which begins with its first mail
 */
@ConfigurationProperties("frontdesk.notification.mail")
record MailProperties(
        @DefaultValue("Frontdesk <no-reply@frontdesk.localhost>")
        String from,

        String host,
        int port,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("OPTIONAL") StartTLSOptions starttls,
        @DefaultValue("5") int connections,
        @DefaultValue("5") int codeConnections,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("20s") Duration idleTimeout,
        @DefaultValue("30s") Duration sendTimeout,
        @DefaultValue("50") int attempts,
        @DefaultValue("2s") Duration firstBackoff,
        @DefaultValue("90") int addressLimit,
        @DefaultValue("50") int addressReserved,
        @DefaultValue("1h") Duration addressWindow) {

    private static final Set<String> ON_THIS_MACHINE = Set.of("127.0.0.1", "::1", "localhost");

    MailProperties {
        username = username == null || username.isBlank() ? null : username;
        password = password == null || password.isBlank() ? null : password;
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException("SMTP_USERNAME and SMTP_PASSWORD must be set together");
        }
        if (password != null && starttls != StartTLSOptions.REQUIRED && !ON_THIS_MACHINE.contains(host)) {
            throw new IllegalArgumentException("SMTP_PASSWORD needs starttls=REQUIRED");
        }
        if (connections < 1 || codeConnections < 1 || addressLimit < 1) {
            throw new IllegalArgumentException("connections, codeConnections and addressLimit must be at least 1");
        }
        if (addressReserved < 0 || addressReserved >= addressLimit) {
            throw new IllegalArgumentException("addressReserved must be 0 or more, and less than addressLimit");
        }
        new Retries(attempts, firstBackoff);
        if (!connectTimeout.isPositive()
                || !idleTimeout.isPositive()
                || !sendTimeout.isPositive()
                || !addressWindow.isPositive()) {
            throw new IllegalArgumentException("timeouts must be positive");
        }
        MailAddress.of(addressIn(from));
        if (nameIn(from).codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the sender's name must not contain control characters");
        }
    }

    Retries retries() {
        return new Retries(attempts, firstBackoff);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MailProperties[from=" + from + ", host=" + host + ", port=" + port + ", starttls=" + starttls + "]";
    }

    MailAddress sender() {
        return MailAddress.of(addressIn(from));
    }

    /** The display name; empty when the sender is only an address. */
    String senderName() {
        return nameIn(from);
    }

    /** The part of the sender after the {@code @}. */
    String domain() {
        return sender().domain();
    }

    private static String nameIn(String from) {
        String name = from.substring(0, Math.max(0, from.indexOf('<'))).strip();
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1") : name;
    }

    private static String addressIn(String from) {
        int open = from.indexOf('<');
        return open < 0 ? from : from.substring(open + 1, Math.max(open + 1, from.indexOf('>')));
    }
}
