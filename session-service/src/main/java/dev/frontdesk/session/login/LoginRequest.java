package dev.frontdesk.session.login;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.ProblemException.FieldError;
import dev.frontdesk.session.browsers.Transport;
import dev.frontdesk.session.devices.DeviceName;
import dev.frontdesk.session.devices.DeviceToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Body of a login. Of the address and the password only presence and length are checked: whether they could exist at
 * all is part of "wrong credentials", which reveals nothing more.
 *
 * @param deviceToken the token that an earlier login on this device returned
 * @param deviceName the name that the owner wants for this device
 * @param transport {@code token} (the default) or {@code cookie}
 */
record LoginRequest(
        @Nullable String email,
        @Nullable String password,
        @Nullable String deviceToken,
        @Nullable String deviceName,
        @Nullable String transport) {

    /** Longest address that SMTP can deliver to (RFC 5321, 4.5.3.1.3, without the brackets). */
    private static final int MAX_EMAIL = 254;

    /** Far more than registration accepts, and still small enough to hash. */
    private static final int MAX_PASSWORD = 1024;

    /** The validated body. */
    record Login(
            CredentialCheck credentials,
            Optional<DeviceToken> device,
            Optional<DeviceName> name,
            Transport transport) {}

    /** @throws ProblemException naming each field that is missing, too long or malformed */
    Login checked() {
        var errors = new ArrayList<FieldError>();
        String address = required("email", email, MAX_EMAIL, errors);
        String secret = required("password", password, MAX_PASSWORD, errors);
        var device = optional("device_token", deviceToken, DeviceToken::new, errors);
        var name = optional("device_name", deviceName, DeviceName::chosen, errors);
        var by = Transport.parse(transport);
        if (by.isEmpty()) {
            errors.add(new FieldError("transport", "must be token or cookie"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new Login(new CredentialCheck(address, secret), device, name, by.orElseThrow());
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

    private static <T> Optional<T> optional(
            String field, @Nullable String value, Function<String, T> reading, List<FieldError> errors) {
        try {
            return Optional.ofNullable(value).map(reading);
        } catch (IllegalArgumentException refused) {
            errors.add(new FieldError(field, String.valueOf(refused.getMessage())));
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "LoginRequest[***]";
    }
}
