package dev.frontdesk.localstack.state;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/** The stack's own keys and passwords: most are random and created at the first start; stored in {@code secrets.properties}. */
public final class Secrets {

    public static final String IDENTITY_KEY = "FRONTDESK_IDENTITY_KEY";
    public static final String EVENTS_KEY = "FRONTDESK_EVENTS_KEY";
    public static final String VERIFICATION_KEY = "FRONTDESK_VERIFICATION_KEY";
    public static final String SIGNING_KEY = "FRONTDESK_SIGNING_KEY";
    public static final String CACHE_KEY = "FRONTDESK_CACHE_KEY";
    public static final String OPERATOR_KEY = "FRONTDESK_OPERATOR_KEY";
    public static final String POSTGRES_PASSWORD = "POSTGRES_PASSWORD";
    public static final String REDIS_PASSWORD = "REDIS_PASSWORD";

    /** Of the sample application. Present, if only empty, from the first start with it on. */
    public static final String SAMPLE_API_KEY = "SAMPLE_API_KEY";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Home home;
    private final Map<String, String> values;

    private Secrets(Home home, Map<String, String> values) {
        this.home = home;
        this.values = values;
    }

    /** The secrets of the last start; missing ones are created and stored. */
    public static Secrets of(Home home) {
        Map<String, String> values = PropertiesFile.read(home.secrets());
        int known = values.size();
        values.computeIfAbsent(IDENTITY_KEY, name -> key());
        values.computeIfAbsent(EVENTS_KEY, name -> key());
        values.computeIfAbsent(VERIFICATION_KEY, name -> key());
        values.computeIfAbsent(SIGNING_KEY, name -> key());
        values.computeIfAbsent(CACHE_KEY, name -> key());
        values.computeIfAbsent(
                OPERATOR_KEY,
                name -> "fdo_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random(32)));
        // Passwords are used in URLs and in a shell's environment: hex never needs escaping.
        values.computeIfAbsent(POSTGRES_PASSWORD, name -> HexFormat.of().formatHex(random(16)));
        values.computeIfAbsent(REDIS_PASSWORD, name -> HexFormat.of().formatHex(random(16)));
        if (values.size() != known) {
            PropertiesFile.write(home.secrets(), values);
        }
        return new Secrets(home, values);
    }

    public String get(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Stores one that was not created here. */
    public void put(String name, String value) {
        values.put(name, value);
        PropertiesFile.write(home.secrets(), values);
    }

    private static String key() {
        return Base64.getEncoder().encodeToString(random(32));
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }
}
