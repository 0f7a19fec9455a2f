package dev.frontdesk.registration.accounts;

import dev.frontdesk.registration.passwords.PasswordHashing;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as shown to its owner and to callers with permission; the body of every response that shows one.
 *
 * @param passwordRequired true when the account was opened without a password: the owner sets one with a code from
 *     {@code forgot-password}. Otherwise, and in all responses but that of {@code verify-email}, null and omitted
 */
public record AccountAnswer(
        UUID id,
        String email,
        String firstName,
        String lastName,
        @Nullable String phone,
        String locale,
        Instant createdAt,
        @Nullable Boolean passwordRequired) {

    public static AccountAnswer of(Account account) {
        return of(account, null);
    }

    /** For an account that was just opened. */
    public static AccountAnswer opened(Account account) {
        return of(account, PasswordHashing.isNoPassword(account.passwordHash()) ? true : null);
    }

    private static AccountAnswer of(Account account, @Nullable Boolean passwordRequired) {
        var profile = account.profile();
        var phone = profile.phone();
        return new AccountAnswer(
                account.id(),
                account.email().value(),
                profile.firstName().value(),
                profile.lastName().value(),
                phone == null ? null : phone.value(),
                profile.language().tag(),
                account.createdAt(),
                passwordRequired);
    }

    @Override
    public String toString() {
        return "AccountAnswer[" + id + "]";
    }
}
