package dev.frontdesk.notification.mail;

import dev.frontdesk.notification.jobs.Retries;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param from sender, {@code Name <address>} (the name may be quoted) or an address; its domain also ends every Message-ID
 * @param host SMTP_HOST
 * @param port SMTP_PORT
 * @param username SMTP_USERNAME; null for a server that asks for none
 * @param password SMTP_PASSWORD
 * @param starttls whether to encrypt: DISABLED, OPTIONAL (where the server offers it) or REQUIRED
 * @param connections to the server, at most, for all mails without a code of ours
 * @param codeConnections the same for mails with one, so that none of them waits for a connection that another mail has
 * @param connectTimeout for the TCP connection
 * @param idleTimeout after which a silent connection is closed, also in the middle of a mail
 * @param sendTimeout for one mail, with waiting for a connection; and so shorter than an attempt may take
 * @param attempts for one mail; 50 are about ten hours
 * @param firstBackoff wait after the first failed attempt; doubles
 * @param addressLimit mails that one address gets in a window, from all tenants together; one more waits
 * @param addressReserved how many of those are for mails with a code of ours alone
 * @param addressWindow the length of that, from its first mail on
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
            throw new IllegalArgumentException("SMTP_USERNAME and SMTP_PASSWORD go together");
        }
        if (password != null && starttls != StartTLSOptions.REQUIRED && !ON_THIS_MACHINE.contains(host)) {
            throw new IllegalArgumentException("SMTP_PASSWORD is sent only where starttls is REQUIRED");
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

    /** As people read it; empty when the sender is an address alone. */
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
