package dev.frontdesk.session.login;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.kit.problem.ProblemException;
import dev.frontdesk.kit.problem.ProblemException.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of a login. Only presence and length are looked at: whether an address or a password could exist at all is part of
 * "wrong credentials", which says nothing more.
 */
record LoginRequest(@Nullable String email, @Nullable String password) {

    /** Longest address that SMTP can deliver to (RFC 5321, 4.5.3.1.3, without the brackets). */
    private static final int MAX_EMAIL = 254;

    /** Far beyond what registration takes, and small enough to hash. */
    private static final int MAX_PASSWORD = 1024;

    /** @throws ProblemException naming each field that is missing or too long */
    CredentialCheck credentials() {
        var errors = new ArrayList<FieldError>();
        String address = required("email", email, MAX_EMAIL, errors);
        String secret = required("password", password, MAX_PASSWORD, errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new CredentialCheck(address, secret);
    }

    private static String required(String field, @Nullable String value, int max, List<FieldError> errors) {
        if (value == null || value.isEmpty()) {
            errors.add(new FieldError(field, "is required"));
            return "";
        }
        if (value.length() > max) {
            errors.add(new FieldError(field, "has more than " + max + " characters"));
        }
        return value;
    }

    @Override
    public String toString() {
        return "LoginRequest[***]";
    }
}
