package dev.frontdesk.kit.identity;

import dev.frontdesk.kit.redis.KeySpace;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message that is published when an account changes, before the change is answered:
 * {@code outdated <account id> <version> <session id>}. Sessions that were opened with an older credentials version are
 * no longer valid, except the named session; {@code none} can replace the version and the session id. It uses the
 * channel of {@link SessionSignal}s and, like them, reaches only instances that are subscribed at that moment. The
 * events of each session follow. Contains no secret.
 *
 * @param validFrom the lowest valid credentials version; {@link Long#MAX_VALUE} when the account is deleted
 * @param kept the session in which the change was made
 */
public record AccountSignal(
        UUID accountId, long validFrom, @Nullable UUID kept) {

    private static final String UUIDS = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern FORM =
            Pattern.compile("outdated (" + UUIDS + ") ([0-9]{1,18}|none) (" + UUIDS + "|none)");
    private static final String NONE = "none";

    /** The signal of a deleted account. */
    public static AccountSignal gone(UUID accountId) {
        return new AccountSignal(accountId, Long.MAX_VALUE, null);
    }

    /** The one channel of the installation. */
    public static String channel(KeySpace keys) {
        return SessionSignal.channel(keys);
    }

    /** Empty for a message that this version does not know. */
    public static Optional<AccountSignal> parse(String message) {
        var form = FORM.matcher(message);
        return form.matches()
                ? Optional.of(new AccountSignal(
                        UUID.fromString(form.group(1)),
                        form.group(2).equals(NONE) ? Long.MAX_VALUE : Long.parseLong(form.group(2)),
                        form.group(3).equals(NONE) ? null : UUID.fromString(form.group(3))))
                : Optional.empty();
    }

    /** The message in its published form. */
    public String message() {
        return "outdated " + accountId + " " + (validFrom == Long.MAX_VALUE ? NONE : validFrom) + " "
                + (kept == null ? NONE : kept);
    }
}
