package dev.frontdesk.kit.redis;

import dev.frontdesk.contracts.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Builds {@code frontdesk:{env}:{tenant}:{feature}:{key}}. User input is escaped, so that no part can change the
 * structure of the key. Each feature has one {@code …Keys} class that uses this one.
 */
public final class KeySpace {

    private static final String SAFE = "-._~@";

    private final String prefix;

    /** @param environment separates installations that share a Redis, for example {@code prod} */
    public KeySpace(String environment) {
        this.prefix = "frontdesk:" + escape(environment) + ":";
    }

    /** A key that belongs to a tenant. */
    public String key(TenantId tenant, String feature, String key) {
        return prefix + tenant + ":" + feature + ":" + escape(key);
    }

    /** A key that belongs to a tenant and is in the partition's slot. */
    public String key(TenantId tenant, String feature, Partition partition, String key) {
        return prefix + tenant + ":" + feature + ":" + partition.tag() + ":" + escape(key);
    }

    /** The same for a key of several parts, with colons between them. */
    public String key(TenantId tenant, String feature, Partition partition, List<String> parts) {
        return prefix
                + tenant
                + ":"
                + feature
                + ":"
                + partition.tag()
                + ":"
                + parts.stream().map(KeySpace::escape).collect(Collectors.joining(":"));
    }

    /** What all keys begin with, for scripts that find further keys of their partition. */
    public String prefix() {
        return prefix;
    }

    /**
     * An internal key that belongs to no single tenant, in the partition's slot. Its entries name their tenant;
     * {@code _} can't be one.
     */
    public String shared(String feature, Partition partition) {
        return prefix + "_:" + feature + ":" + partition.tag();
    }

    /**
     * One of several internal keys in the partition's slot, for example for data that is found only by a secret's hash.
     */
    public String shared(String feature, Partition partition, String key) {
        return shared(feature, partition) + ":" + escape(key);
    }

    /** An internal channel or key without a partition. */
    public String shared(String feature) {
        return prefix + "_:" + feature;
    }

    /** Percent-encodes every byte that is not a letter, a digit or one of {@code - . _ ~ @}. */
    public static String escape(String part) {
        var escaped = new StringBuilder(part.length());
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || SAFE.indexOf(c) >= 0)) {
                escaped.append(c);
            } else {
                escaped.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return escaped.toString();
    }
}
