package dev.frontdesk.notification.jobs;

import java.security.SecureRandom;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562, 5.7): UUIDs of the same time lie close together in an index. */
final class TimeOrderedId {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TIME_SHIFT = 16;
    private static final long VERSION = 7L << 12;
    private static final long RANDOM_HIGH = 0xFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_LOW = 0x3FFF_FFFF_FFFF_FFFFL;

    private TimeOrderedId() {}

    static UUID next() {
        long high = (System.currentTimeMillis() << TIME_SHIFT) | VERSION | (RANDOM.nextLong() & RANDOM_HIGH);
        long low = VARIANT | (RANDOM.nextLong() & RANDOM_LOW);
        return new UUID(high, low);
    }
}
