package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.registration.codes.VerificationProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A code that was requested for an address.
 *
 * @param kind {@code register} or {@code resend}
 * @param client see {@link CodeRequest}; empty when unknown
 */
record RequestedCode(String kind, UUID id, String client, Instant at) {

    private static final String REGISTER = CodeRequest.Kind.REGISTER.counted();

    static RequestedCode of(CodeRequest request) {
        return new RequestedCode(request.kind().counted(), request.id(), request.client(), request.at());
    }

    /** Parses the format of the PostgreSQL row. */
    static RequestedCode parse(String text) {
        String[] parts = text.split(":", -1);
        return new RequestedCode(
                parts[0], UUID.fromString(parts[1]), parts[3], Instant.ofEpochMilli(Long.parseLong(parts[2])));
    }

    /** Parses the member format of the sorted set in Redis. */
    static RequestedCode parse(String name, Instant at) {
        String[] parts = name.split(":", -1);
        return new RequestedCode(parts[0], UUID.fromString(parts[1]), parts[2], at);
    }

    /** The member of the sorted set in Redis. */
    String name() {
        return kind + ":" + id + ":" + client;
    }

    @Override
    public String toString() {
        return kind + ":" + id + ":" + at.toEpochMilli() + ":" + client;
    }

    private boolean isSignUp() {
        return kind.equals(REGISTER);
    }

    /**
     * Implements the rule of {@code request_code.lua}.
     *
     * @param earlier oldest first
     * @return the earlier codes that still count, and the new one
     * @throws CodeLimitExceeded when a limit is exceeded
     */
    static List<RequestedCode> count(List<RequestedCode> earlier, CodeRequest request, VerificationProperties limits) {
        Instant now = request.at();
        var codes = new ArrayList<>(within(VerificationProperties.DAY, earlier, now));
        check("codes_per_day", limits.codesPerDay(), codes, VerificationProperties.DAY, now);
        var ofClient = codes.stream()
                .filter(code -> code.client().equals(request.client()))
                .toList();
        if (request.renews() && !ofClient.isEmpty()) {
            check("resend_wait", 1, List.of(ofClient.getLast()), limits.resendWait(), now);
        }
        var signUp = ofClient.stream().filter(RequestedCode::isSignUp).findFirst();
        if (request.renews() || signUp.isPresent()) {
            var again = new ArrayList<>(ofClient);
            signUp.ifPresent(again::remove);
            check("codes_per_client", limits.codesPerClient(), again, VerificationProperties.DAY, now);
        }
        if (!request.renews()) {
            var recent = within(limits.codeTtl(), codes, now);
            check("sign_ups_at_once", limits.signUpsAtOnce(), recent, limits.codeTtl(), now);
        }
        codes.add(of(request));
        return codes;
    }

    private static List<RequestedCode> within(Duration window, List<RequestedCode> codes, Instant now) {
        Instant begin = now.minus(window);
        return codes.stream().filter(code -> code.at().isAfter(begin)).toList();
    }

    private static void check(String reason, int limit, List<RequestedCode> codes, Duration window, Instant now) {
        if (codes.size() >= limit) {
            Instant freeAt = codes.get(codes.size() - limit).at().plus(window);
            if (freeAt.isAfter(now)) {
                throw new CodeLimitExceeded(reason, limit, Duration.between(now, freeAt));
            }
        }
    }
}
