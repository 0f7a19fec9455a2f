package dev.frontdesk.kit.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One of 64 fixed shares of a key space. Every key of the share contains its tag in braces, so that all keys of one
 * account (or one address) and their outbox are in one slot of a Redis Cluster, and one script may access them.
 *
 * @param number 0 to 63
 */
public record Partition(int number) {

    /** Never change it: existing keys would no longer be found. */
    public static final int COUNT = 64;

    public Partition {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("Not a partition number");
        }
    }

    /** The partition of an identity, for example tenant and account. */
    public static Partition of(Object... identity) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            for (Object part : identity) {
                sha256.update(part.toString().getBytes(StandardCharsets.UTF_8));
                sha256.update((byte) 0);
            }
            return new Partition(sha256.digest()[0] & (COUNT - 1));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static List<Partition> all() {
        return IntStream.range(0, COUNT).mapToObj(Partition::new).toList();
    }

    /** The hash tag for Redis Cluster. */
    public String tag() {
        return "{p" + number + "}";
    }
}
