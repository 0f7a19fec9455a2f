package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.values.Sha256;
import java.nio.ByteBuffer;

/** SHA-256 of a secret, to compare where the secret itself must not be stored. */
record TokenHash(long first, long second, long third, long fourth) {

    static TokenHash of(String secret) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.of(secret));
        return new TokenHash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }
}
