package dev.frontdesk.registration.credentials;

import dev.frontdesk.contracts.credentials.CredentialCheck;
import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.registration.passwords.Password;
import java.util.function.Function;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code POST /internal/credentials/check}: checks an address and a password for another service. */
@RestController
final class CredentialController {

    private final CredentialChecker credentialChecker;

    CredentialController(CredentialChecker credentialChecker) {
        this.credentialChecker = credentialChecker;
    }

    @PostMapping(CredentialCheck.PATH)
    Mono<VerifiedCredentials> check(@RequestBody CredentialCheck request, Caller.Service caller, Origin origin) {
        var fields = new FieldReader();
        var email = fields.required("email", request.email(), Function.identity());
        var password = fields.required("password", request.password(), Password::new);
        fields.check();
        return credentialChecker.check(caller.tenant(), email.orElseThrow(), password.orElseThrow(), origin);
    }
}
