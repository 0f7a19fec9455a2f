package dev.frontdesk.kit.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.kit.identity.IdentityAssertions.Asserted;
import dev.frontdesk.kit.identity.IdentityAssertions.Verified;
import org.jspecify.annotations.Nullable;

/**
 * Verifies each assertion once: the gateway sends the same one with all requests of a caller for some seconds. The key
 * is the whole text with its signature, so a changed or forged assertion is never found. The expiry is compared for
 * every request.
 */
final class VerifiedAssertions {

    /** About 1 KB each. */
    static final int MOST = 10_000;

    private final IdentityAssertions assertions;
    private final Cache<String, Verified> verified =
            Caffeine.newBuilder().maximumSize(MOST).build();

    VerifiedAssertions(IdentityAssertions assertions) {
        this.assertions = assertions;
    }

    /** Null when the assertion is forged, expired, of another type, or not one at all. */
    @Nullable Asserted read(String assertion) {
        Verified known = verified.getIfPresent(assertion);
        if (known == null) {
            known = assertions.check(assertion).orElse(null);
            if (known != null) {
                verified.put(assertion, known);
            }
        } else if (!assertions.isCurrent(known.expiry())) {
            verified.invalidate(assertion);
            return null;
        }
        return known == null ? null : known.asserted();
    }
}
