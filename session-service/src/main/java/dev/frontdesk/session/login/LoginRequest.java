package dev.frontdesk.session.login;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.session.browsers.Transport;
import dev.frontdesk.session.devices.DeviceName;
import dev.frontdesk.session.devices.DeviceToken;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
        var fields = new FieldReader();
        var address = fields.required("email", presence(email), atMost(MAX_EMAIL));
        var secret = fields.required("password", presence(password), atMost(MAX_PASSWORD));
        var device = fields.optional("device_token", deviceToken, DeviceToken::new);
        var name = fields.optional("device_name", deviceName, DeviceName::chosen);
        var by = fields.optional("transport", transport, Transport::read);
        fields.check();
        var credentials = new CredentialCheck(address.orElseThrow(), secret.orElseThrow());
        return new Login(credentials, device, name, by.orElse(Transport.TOKEN));
    }

    private static @Nullable String presence(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    private static UnaryOperator<String> atMost(int max) {
        return value -> {
            if (value.length() > max) {
                throw new IllegalArgumentException("has more than " + max + " characters");
            }
            return value;
        };
    }

    @Override
    public String toString() {
        return "LoginRequest[***]";
    }
}
