package dev.frontdesk.registration.recovery;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Origin;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.registration.clientlimits.ClientLimit;
import dev.frontdesk.registration.codes.VerificationCode;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code POST /api/v1/users/forgot-password} and {@code /reset-password}, open to any caller in its tenant. */
@RestController
final class RecoveryController {

    private final Recovery recovery;
    private final PasswordResets resets;
    private final PasswordPolicy policy;
    private final ClientLimit clientLimit;

    RecoveryController(Recovery recovery, PasswordResets resets, PasswordPolicy policy, ClientLimit clientLimit) {
        this.recovery = recovery;
        this.resets = resets;
        this.policy = policy;
        this.clientLimit = clientLimit;
    }

    record Forgotten(@Nullable String email) {

        @Override
        public String toString() {
            return "Forgotten[***]";
        }
    }

    /**
     * @param email normalised
     * @param expiresAt when a code expires
     * @param resendAt when another code may be requested
     */
    record Answer(String status, String email, Instant expiresAt, Instant resendAt) {}

    @PostMapping("/api/v1/users/forgot-password")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Answer> forgotten(@RequestBody Forgotten request, Caller caller, Origin origin) {
        var fields = new FieldReader();
        var email = fields.required("email", request.email(), EmailAddress::new);
        fields.check();
        var address = email.orElseThrow();
        return clientLimit
                .take(caller, origin)
                .then(Mono.defer(() -> recovery.request(caller.tenant(), address, ClientRange.of(origin.address()))))
                .map(told -> new Answer("pending", address.value(), told.expiresAt(), told.resendAt()));
    }

    /** Either address and code, or the token of a link. */
    record Reset(
            @Nullable String email,
            @Nullable String code,
            @Nullable String token,
            @Nullable String newPassword) {

        @Override
        public String toString() {
            return "Reset[***]";
        }
    }

    @PostMapping("/api/v1/users/reset-password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> reset(@RequestBody Reset request, Caller caller) {
        return request.token() == null ? byCode(request, caller) : byToken(request, request.token(), caller);
    }

    private Mono<Void> byCode(Reset request, Caller caller) {
        var fields = new FieldReader();
        var email = fields.required("email", request.email(), EmailAddress::new);
        var code = fields.required("code", request.code(), VerificationCode::new);
        var chosen = fields.required("new_password", request.newPassword(), Password::new);
        chosen.flatMap(it -> policy.objection(it, email.orElse(null)))
                .ifPresent(objection -> fields.refuse("new_password", objection));
        fields.check();
        return resets.byCode(caller.tenant(), email.orElseThrow(), code.orElseThrow(), chosen.orElseThrow());
    }

    private Mono<Void> byToken(Reset request, String given, Caller caller) {
        var fields = new FieldReader();
        var token = fields.required("token", given, ResetToken::new);
        if (request.email() != null) {
            fields.refuse("email", "must not be sent with a token");
        }
        if (request.code() != null) {
            fields.refuse("code", "must not be sent with a token");
        }
        var chosen = fields.required("new_password", request.newPassword(), Password::new);
        chosen.flatMap(it -> policy.objection(it, null))
                .ifPresent(objection -> fields.refuse("new_password", objection));
        fields.check();
        return resets.byToken(caller.tenant(), token.orElseThrow(), chosen.orElseThrow());
    }
}
