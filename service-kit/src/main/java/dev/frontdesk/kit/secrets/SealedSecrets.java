package dev.frontdesk.kit.secrets;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets that must not be readable on a topic, in a table or in a dump: compact JWE (RFC 7516) with the
 * events key or another one, AES-256-GCM. The encryption authenticates the purpose, so a value can't be used where a different one is
 * expected.
 */
public final class SealedSecrets {

    private static final int KEY_BYTES = 32;
    private static final String PURPOSE = "purpose";

    private final SecretKey key;
    private final List<SecretKey> opening;

    /** @param base64Key FRONTDESK_EVENTS_KEY: base64 of 32 random bytes, held by producer and consumer only */
    public SealedSecrets(String base64Key) {
        this(base64Key, "");
    }

    /** @param alsoOpens FRONTDESK_EVENTS_ACCEPTEDKEY: the other key while the key is changed; otherwise empty */
    public SealedSecrets(String base64Key, String alsoOpens) {
        this("FRONTDESK_EVENTS_KEY", base64Key, "FRONTDESK_EVENTS_ACCEPTEDKEY", alsoOpens);
    }

    private SealedSecrets(String name, String base64Key, String otherName, String alsoOpens) {
        this.key = key(name, base64Key);
        this.opening = alsoOpens.isBlank() ? List.of(key) : List.of(key, key(otherName, alsoOpens));
    }

    /**
     * With keys of its own, apart from those of the events.
     *
     * @param name of the variable that holds the key
     * @param alsoOpens the other key while the key is changed; otherwise empty
     */
    public static SealedSecrets with(String name, String base64Key, String otherName, String alsoOpens) {
        return new SealedSecrets(name, base64Key, otherName, alsoOpens);
    }

    private static SecretKey key(String name, String base64Key) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64Key);
        } catch (IllegalArgumentException notBase64) {
            bytes = new byte[0];
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(name + " must be base64 of 32 random bytes");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /**
     * @param purpose what the secret is for and who owns it, for example {@code verification-code:<registration id>}
     */
    public String seal(String secret, String purpose) {
        try {
            var header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                    .customParam(PURPOSE, purpose)
                    .build();
            var jwe = new JWEObject(header, new Payload(secret));
            jwe.encrypt(new DirectEncrypter(key));
            return jwe.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("A256GCM is not available", impossible);
        }
    }

    /** @throws IllegalArgumentException when it was sealed with another key or for another purpose, or was modified */
    public String open(String sealed, String purpose) {
        IllegalArgumentException last = null;
        for (SecretKey candidate : opening) {
            try {
                return open(sealed, purpose, candidate);
            } catch (IllegalArgumentException notThisOne) {
                last = notThisOne;
            }
        }
        throw requireNonNull(last);
    }

    /**
     * Seals the same secret again with the current key. For secrets that are stored for longer than a key change takes.
     *
     * @return empty when no key is being changed, when the current key already opens it, or when no known key opens it
     */
    public Optional<String> resealed(String sealed, String purpose) {
        if (!acceptsAnotherKey()) {
            return Optional.empty();
        }
        try {
            open(sealed, purpose, key);
            return Optional.empty();
        } catch (IllegalArgumentException notWithThePresentKey) {
            return opened(sealed, purpose).map(secret -> seal(secret, purpose));
        }
    }

    /** Whether a key is being changed, so that stored secrets have to be sealed again. */
    public boolean acceptsAnotherKey() {
        return opening.size() > 1;
    }

    private Optional<String> opened(String sealed, String purpose) {
        try {
            return Optional.of(open(sealed, purpose));
        } catch (IllegalArgumentException withNoKey) {
            return Optional.empty();
        }
    }

    private static String open(String sealed, String purpose, SecretKey key) {
        try {
            var jwe = JWEObject.parse(sealed);
            if (!purpose.equals(jwe.getHeader().getCustomParam(PURPOSE))) {
                throw new IllegalArgumentException("Sealed for another purpose");
            }
            jwe.decrypt(new DirectDecrypter(key));
            return jwe.getPayload().toString();
        } catch (ParseException | JOSEException | IllegalStateException unreadable) {
            throw new IllegalArgumentException("Not sealed with this key", unreadable);
        }
    }

    /** Without keys. */
    @Override
    public String toString() {
        return "SealedSecrets[***]";
    }
}
