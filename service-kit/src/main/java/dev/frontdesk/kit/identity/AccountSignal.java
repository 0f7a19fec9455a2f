package dev.frontdesk.kit.identity;

import dev.frontdesk.kit.redis.KeySpace;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message of who changes an account, before the change is answered: {@code outdated <account id> <version> <session id>}.
 * Sessions that were opened with credentials before that version count no more, but for the one that is named; {@code none}
 * stands for either. It goes over the channel of {@link SessionSignal}s and, as those, reaches the instances that listen at
 * that moment. The events of each session follow. Holds nothing that is secret.
 *
 * @param validFrom the lowest version of credentials that counts; {@link Long#MAX_VALUE} when the account is gone
 * @param kept the session that the change was made in
 */
public record AccountSignal(
        UUID accountId, long validFrom, @Nullable UUID kept) {

    private static final String UUIDS = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern FORM =
            Pattern.compile("outdated (" + UUIDS + ") ([0-9]{1,18}|none) (" + UUIDS + "|none)");
    private static final String NONE = "none";

    /** Of an account that is gone. */
    public static AccountSignal gone(UUID accountId) {
        return new AccountSignal(accountId, Long.MAX_VALUE, null);
    }

    /** The one channel of the installation. */
    public static String channel(KeySpace keys) {
        return SessionSignal.channel(keys);
    }

    /** Empty for what this version does not know. */
    public static Optional<AccountSignal> parse(String message) {
        var form = FORM.matcher(message);
        return form.matches()
                ? Optional.of(new AccountSignal(
                        UUID.fromString(form.group(1)),
                        form.group(2).equals(NONE) ? Long.MAX_VALUE : Long.parseLong(form.group(2)),
                        form.group(3).equals(NONE) ? null : UUID.fromString(form.group(3))))
                : Optional.empty();
    }

    /** As it is published. */
    public String message() {
        return "outdated " + accountId + " " + (validFrom == Long.MAX_VALUE ? NONE : validFrom) + " "
                + (kept == null ? NONE : kept);
    }
}
