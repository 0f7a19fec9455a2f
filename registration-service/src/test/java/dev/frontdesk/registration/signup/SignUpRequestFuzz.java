package dev.frontdesk.registration.signup;

import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.registration.passwords.PasswordPolicy;
import dev.frontdesk.registration.profiles.PhoneNumberParser;
import dev.frontdesk.registration.profiles.PhoneProperties;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** From the bytes of a body to a sign-up. For Jazzer and FuzzTargetsTest. */
public final class SignUpRequestFuzz {

    /** The mapper of the services. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private static final PasswordPolicy POLICY = new PasswordPolicy();
    private static final PhoneNumberParser PHONES = new PhoneNumberParser(new PhoneProperties("TR"));

    private SignUpRequestFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            var request = JSON.readValue(data, SignUpRequest.class);
            if (request != null) {
                hold(request.toString().equals("SignUpRequest[***]"));
                SignUp signUp = request.checked(POLICY, PHONES);
                hold(signUp.email().value().length() <= 254);
                hold(!signUp.toString().contains(signUp.password().value()));
            }
        } catch (ProblemException refused) {
            hold(refused.getStatusCode().value() == 400);
        } catch (JacksonException unreadable) {
            // This is a 400 too.
        }
    }

    private static void hold(boolean invariant) {
        if (!invariant) {
            throw new AssertionError("an invariant is broken");
        }
    }
}
