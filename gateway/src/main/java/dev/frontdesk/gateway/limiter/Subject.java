package dev.frontdesk.gateway.limiter;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose requests are counted together.
 *
 * @param tenant null for an address: an anonymous caller can name any tenant, and would have full limits in each
 * @param id within its kind and tenant
 * @param part which of its requests are counted: those of the route with this id, or, of a custom subject, those under the
 *     policy with this name; null for all
 */
public record Subject(
        Kind kind,
        @Nullable TenantId tenant,
        String id,
        @Nullable String part) {

    private Subject(Kind kind, @Nullable TenantId tenant, String id) {
        this(kind, tenant, id, null);
    }

    /** The same one, with its requests of this route only. */
    public Subject on(String ofRoute) {
        return new Subject(kind, tenant, id, ofRoute);
    }

    /** The id of the route whose requests are counted; null for those of all routes. */
    public @Nullable String route() {
        return kind == Kind.CUSTOM ? null : part;
    }

    public enum Kind {
        ADDRESS,
        ACCOUNT,
        API_KEY,
        TENANT,
        /** What an application of a tenant limits itself. */
        CUSTOM;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** The name in keys and metrics. */
        public String label() {
            return label;
        }
    }

    /** @param range an IPv4 address or an IPv6 /64 */
    public static Subject address(String range) {
        return new Subject(Kind.ADDRESS, null, range);
    }

    public static Subject account(TenantId tenant, UUID account) {
        return new Subject(Kind.ACCOUNT, tenant, account.toString());
    }

    public static Subject apiKey(TenantId tenant, UUID apiKey) {
        return new Subject(Kind.API_KEY, tenant, apiKey.toString());
    }

    /**
     * @param id chosen by an application
     * @param policy a name without dots; the counters of two policies of a subject are independent
     */
    public static Subject custom(TenantId tenant, String id, String policy) {
        return new Subject(Kind.CUSTOM, tenant, id, policy);
    }

    public static Subject tenant(TenantId tenant) {
        return new Subject(Kind.TENANT, tenant, tenant.value());
    }
}
