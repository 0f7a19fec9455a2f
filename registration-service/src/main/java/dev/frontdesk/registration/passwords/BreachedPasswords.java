package dev.frontdesk.registration.passwords;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.springframework.core.io.ClassPathResource;

/**
 * Passwords known from breaches, which attackers try first; upper and lower case are not distinguished. A Bloom filter
 * of 477,223 passwords in 1.4 MB: it recognises all of them, with one false positive in 100,000 others. Its source and
 * licence are next to it in {@code resources/passwords}; {@code dev/breached-passwords} builds it.
 */
final class BreachedPasswords {

    private static final String RESOURCE = "passwords/breached.bloom";
    private static final int MAGIC = 0x46444246; // "FDBF"

    private final int size;
    private final int hashes;
    private final long[] words;

    private BreachedPasswords(int size, int hashes, long[] words) {
        this.size = size;
        this.hashes = hashes;
        this.words = words;
    }

    static BreachedPasswords bundled() {
        try (InputStream resource = new ClassPathResource(RESOURCE).getInputStream();
                var in = new DataInputStream(new BufferedInputStream(resource, 1 << 16))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(RESOURCE + " is not a Bloom filter file");
            }
            int size = in.readInt();
            int hashes = in.readInt();
            var words = new long[in.readInt()];
            for (int i = 0; i < words.length; i++) {
                words[i] = in.readLong();
            }
            return new BreachedPasswords(size, hashes, words);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The number of passwords in the filter. */
    int size() {
        return size;
    }

    boolean contain(Password password) {
        var digest = ByteBuffer.wrap(sha256(password.value().toLowerCase(Locale.ROOT)));
        long position = digest.getLong();
        long step = digest.getLong();
        for (int i = 0; i < hashes; i++) {
            long bit = Long.remainderUnsigned(position, words.length * 64L);
            if ((words[(int) (bit / 64)] & 1L << (bit % 64)) == 0) {
                return false;
            }
            position += step;
        }
        return true;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
