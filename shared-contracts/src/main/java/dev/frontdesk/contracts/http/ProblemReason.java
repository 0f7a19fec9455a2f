package dev.frontdesk.contracts.http;

import static dev.frontdesk.contracts.http.ProblemType.RATE_LIMITED;
import static dev.frontdesk.contracts.http.ProblemType.TOO_MANY_CODES;
import static dev.frontdesk.contracts.http.ProblemType.TOO_MANY_FAILED_LOGINS;
import static dev.frontdesk.contracts.http.ProblemType.UNAUTHENTICATED;

import java.util.Arrays;

/**
 * The {@code reason} of a problem whose type has several reasons. As stable as the type. {@code docs/problems.md}
 * describes what clients should do.
 */
public enum ProblemReason {
    NO_CREDENTIAL(UNAUTHENTICATED, "no_credential"),
    INVALID_CREDENTIAL(UNAUTHENTICATED, "invalid_credential"),

    BURST(RATE_LIMITED, "burst"),
    PER_MINUTE(RATE_LIMITED, "per_minute"),
    PER_HOUR(RATE_LIMITED, "per_hour"),
    PER_DAY(RATE_LIMITED, "per_day"),
    OPEN_STREAMS(RATE_LIMITED, "open_streams"),
    CLIENT_LIMIT(RATE_LIMITED, "client_limit"),
    HASH_LIMIT(RATE_LIMITED, "hash_limit"),
    LOGINS_IN_FLIGHT(RATE_LIMITED, "logins_in_flight"),
    PASSWORD_ATTEMPTS(RATE_LIMITED, "password_attempts"),

    CODES_PER_DAY(TOO_MANY_CODES, "codes_per_day"),
    CODES_PER_CLIENT(TOO_MANY_CODES, "codes_per_client"),
    RESEND_WAIT(TOO_MANY_CODES, "resend_wait"),
    SIGN_UPS_AT_ONCE(TOO_MANY_CODES, "sign_ups_at_once"),

    FAILED_LOGINS_OF_NAME(TOO_MANY_FAILED_LOGINS, "failed_logins_of_name"),
    FAILED_LOGINS_OF_DEVICE(TOO_MANY_FAILED_LOGINS, "failed_logins_of_device"),
    FAILED_LOGINS_OF_RANGE(TOO_MANY_FAILED_LOGINS, "failed_logins_of_range"),
    FAILED_LOGINS_OF_TENANT(TOO_MANY_FAILED_LOGINS, "failed_logins_of_tenant");

    private final ProblemType type;
    private final String text;

    ProblemReason(ProblemType type, String text) {
        this.type = type;
        this.text = text;
    }

    public static boolean isOf(ProblemType type, String text) {
        return Arrays.stream(values()).anyMatch(it -> it.type == type && it.text.equals(text));
    }

    public ProblemType type() {
        return type;
    }

    public String text() {
        return text;
    }
}
