package dev.frontdesk.registration.accounts;

import dev.frontdesk.registration.passwords.PasswordHashing;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as its owner and those with permission see it; the body of every answer that shows one.
 *
 * @param passwordRequired true when the account was opened without a password: one is set with a code from
 *     {@code forgot-password}. Null, and not in the answer, otherwise, and in all answers but that to {@code verify-email}
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

    /** Of an account that was just opened. */
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
