package dev.frontdesk.kit.environment;

import dev.frontdesk.kit.redis.RedisUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** The type of a variable's value. A fault states what is wrong and never repeats the value. */
public enum VariableType {
    TEXT {
        @Override
        Optional<String> formFault(String value) {
            return Optional.empty();
        }
    },
    PORT {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(
                    value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535, "must be a port, 0 to 65535");
        }
    },
    /** A count of at least one. */
    COUNT {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(value.matches("[1-9]\\d{0,2}"), "must be a number, 1 to 999");
        }
    },
    /** An upper limit. */
    BOUND {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(value.matches("[1-9]\\d{0,8}"), "must be a number, at least 1");
        }
    },
    /** The number of a Redis database. */
    INDEX {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(value.matches("\\d{1,5}"), "must be a database number, such as 0");
        }
    },
    HOST {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(HOST_NAME.matcher(value).matches(), "must be a host name or address, without a port");
        }
    },
    /**
     * A port of Redis. Also accepts {@code tcp://10.0.0.1:6379}, which Kubernetes sets if a Service is called redis and
     * which is ignored.
     */
    REDIS_PORT {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(
                    value.startsWith("tcp://") || (PORT.formFault(value).isEmpty() && Integer.parseInt(value) > 0),
                    "must be a port, 1 to 65535");
        }
    },
    /** Seconds, with or without a fraction. */
    SECONDS {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(
                    value.matches("\\d{1,4}(\\.\\d{1,9})?")
                            && millis(value) > 0
                            && millis(value) <= LONGEST_SECONDS * 1000,
                    "must be a number of seconds, such as 5 or 0.5");
        }
    },
    WHOLE_SECONDS {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(
                    value.matches("[1-9]\\d{0,6}") && Integer.parseInt(value) <= SECONDS_OF_30_DAYS,
                    "must be a whole number of seconds, 1 to " + SECONDS_OF_30_DAYS);
        }
    },
    DURATION {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(isDuration(value), "must be a duration, such as 500ms or 2s");
        }
    },
    SERVERS {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(
                    Arrays.stream(value.split(",", -1))
                            .allMatch(server -> SERVER.matcher(server.strip()).matches()),
                    "must be host:port,host:port");
        }
    },
    HTTP_URL {
        @Override
        Optional<String> formFault(String value) {
            URI uri = uri(value);
            return faultUnless(
                    uri != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())),
                    "must be http://host:port");
        }
    },
    /** A password whose format we do not control. */
    SECRET_TEXT {
        @Override
        Optional<String> formFault(String value) {
            return Optional.empty();
        }

        @Override
        Optional<String> exampleFault(String value) {
            return faultIf(ExampleSecrets.isExample(value), EXAMPLE);
        }
    },
    /** A password that must be random. */
    SECRET_PASSWORD {
        @Override
        Optional<String> formFault(String value) {
            return Optional.empty();
        }

        @Override
        Optional<String> exampleFault(String value) {
            return faultIf(value.length() < PASSWORD_LENGTH, "has fewer than 16 characters")
                    .or(() -> faultIf(
                            ExampleSecrets.isExample(value), "is an example or a pattern, not a random password"));
        }
    },
    SECRET_KEY {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(keyBytes(value).length == KEY_BYTES, "must be base64 of 32 random bytes");
        }

        @Override
        Optional<String> exampleFault(String value) {
            return faultIf(ExampleSecrets.isExample(value) || ExampleSecrets.isExample(keyBytes(value)), EXAMPLE);
        }

        @Override
        byte[] keyBytes(String value) {
            return decoded(Base64.getDecoder(), value);
        }
    },
    SECRET_OPERATOR_KEY {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(
                    OPERATOR_KEY.matcher(value).matches(),
                    "must be fdo_ and 43 base64url characters, which are 32 random bytes");
        }

        @Override
        Optional<String> exampleFault(String value) {
            return faultIf(ExampleSecrets.isExample(value) || ExampleSecrets.isExample(keyBytes(value)), EXAMPLE);
        }

        @Override
        byte[] keyBytes(String value) {
            return decoded(Base64.getUrlDecoder(), value.substring(OPERATOR_PREFIX.length()));
        }
    },
    SECRET_REDIS_URL {
        @Override
        Optional<String> formFault(String value) {
            try {
                RedisUrl.of(value);
                return Optional.empty();
            } catch (IllegalArgumentException fault) {
                return Optional.ofNullable(fault.getMessage());
            }
        }

        @Override
        Optional<String> exampleFault(String value) {
            var url = RedisUrl.of(value);
            String ofSentinels = url.sentinelPassword();
            return passwordFault(url.password())
                    .or(() -> ofSentinels.isEmpty() ? Optional.empty() : passwordFault(ofSentinels));
        }
    },
    SECRET_POSTGRES_URL {
        @Override
        Optional<String> formFault(String value) {
            return faultUnless(
                    KitDefaults.isDatabaseUrl(value),
                    "must be postgresql://user:password@host:port/database, optionally with sslmode and sslrootcert");
        }

        @Override
        Optional<String> exampleFault(String value) {
            return passwordFault(KitDefaults.databasePassword(value));
        }
    };

    private static final int KEY_BYTES = 32;
    private static final int PASSWORD_LENGTH = 16;
    private static final long LONGEST_SECONDS = 3600;
    private static final int SECONDS_OF_30_DAYS = 2_592_000;
    private static final String EXAMPLE = "is an example or a pattern, not a random secret";
    private static final String OPERATOR_PREFIX = "fdo_";
    private static final Pattern OPERATOR_KEY = Pattern.compile(OPERATOR_PREFIX + "[A-Za-z0-9_-]{43}");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]+|\\[?(?=[^:]*:[^:]*:)[0-9A-Fa-f.:]+]?");
    private static final Pattern SERVER = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):\\d{1,5}");

    /** The type with this name in a service's list, for example {@code secret-key}. */
    static VariableType of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    public boolean isSecret() {
        return name().startsWith("SECRET_");
    }

    /** What is wrong with the value's format, on any machine. */
    abstract Optional<String> formFault(String value);

    /** Why a well-formed value may be used only on a developer's machine. */
    Optional<String> exampleFault(String value) {
        return Optional.empty();
    }

    /** The key inside a well-formed value; empty if there is none. */
    byte[] keyBytes(String value) {
        return new byte[0];
    }

    /** Why a service rejects the value outside a developer's machine. */
    public Optional<String> fault(String value) {
        return formFault(value).or(() -> exampleFault(value));
    }

    private static Optional<String> passwordFault(String password) {
        if (password.isEmpty()) {
            return Optional.of("has no password");
        }
        return faultIf(password.length() < PASSWORD_LENGTH, "has a password of fewer than 16 characters")
                .or(() -> faultIf(
                        ExampleSecrets.isExample(password),
                        "has an example or a pattern as password, not a random one"));
    }

    private static Optional<String> faultIf(boolean wrong, String fault) {
        return wrong ? Optional.of(fault) : Optional.empty();
    }

    private static Optional<String> faultUnless(boolean right, String fault) {
        return faultIf(!right, fault);
    }

    private static byte[] decoded(Base64.Decoder decoder, String value) {
        try {
            return decoder.decode(value);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    /** Converts well-formed seconds to milliseconds; 0 for less than one millisecond. */
    static long millis(String seconds) {
        return new BigDecimal(seconds).movePointRight(3).longValue();
    }

    private static boolean isDuration(String value) {
        try {
            return DurationStyle.detectAndParse(value).isPositive();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static @Nullable URI uri(String value) {
        try {
            URI uri = URI.create(value);
            return uri.getHost() == null ? null : uri;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
