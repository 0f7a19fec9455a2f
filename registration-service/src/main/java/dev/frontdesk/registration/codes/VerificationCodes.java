package dev.frontdesk.registration.codes;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.kit.values.EmailAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.springframework.stereotype.Component;

/**
 * Generates codes and the HMAC under which they are stored: without the key, a dump of the store can't be searched for
 * codes.
 */
@Component
public final class VerificationCodes {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "verify-email";
    private static final String CLIENT = "client";
    private static final int CLIENT_LENGTH = 16;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    VerificationCodes(VerificationProperties properties) {
        this.key = properties.secretKey();
    }

    public VerificationCode next() {
        return VerificationCode.random(random);
    }

    /** @return the HMAC of the code that proves the address of a sign-up */
    public String hmac(TenantId tenant, EmailAddress email, VerificationCode code) {
        return hmac(tenant, email.value(), PURPOSE, code.digits());
    }

    /** @return a pseudonym of the client for counting codes: constant for one address, meaningless anywhere else */
    public String client(TenantId tenant, EmailAddress email, ClientRange range) {
        return hmac(tenant, email.value(), CLIENT, range.value()).substring(0, CLIENT_LENGTH);
    }

    /**
     * Returns the HMAC in hex. Each part is preceded by its length, so that different lists of parts never give the
     * same bytes.
     *
     * @param subject the owner of the secret
     * @param purpose what the secret proves; it is valid for nothing else
     */
    public String hmac(TenantId tenant, String subject, String purpose, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : new String[] {tenant.value(), subject, purpose, secret}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HMAC is not available", impossible);
        }
    }
}
