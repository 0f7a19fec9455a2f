package dev.frontdesk.session.sessions;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An open session.
 *
 * @param roles the roles at the login
 * @param locale BCP 47 language tag of the account
 * @param credentialsVersion the version that it was opened with; the session ends when that version is no longer valid
 * @param lastActivityAt updated at most once per interval
 * @param expiresAt the earlier of its idle and its absolute end
 * @param endsAt its absolute end
 */
public record Session(
        UUID id,
        TenantId tenant,
        UUID accountId,
        Set<String> roles,
        String locale,
        long credentialsVersion,
        Device device,
        Instant createdAt,
        Instant lastActivityAt,
        Instant expiresAt,
        Instant endsAt) {

    private static final Pattern ROLE = Pattern.compile("\\S+");

    public Session {
        roles = Set.copyOf(roles);
        // Roles are stored separated by spaces: a role with a space would be read back as two.
        if (!roles.stream().allMatch(role -> ROLE.matcher(role).matches())) {
            throw new IllegalArgumentException("A role must be one word");
        }
    }
}
