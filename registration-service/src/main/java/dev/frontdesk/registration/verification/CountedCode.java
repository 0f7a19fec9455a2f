package dev.frontdesk.registration.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A code that an address has asked for, as PostgreSQL remembers it while Redis is away.
 *
 * @param kind {@code register} or {@code resend}
 */
record CountedCode(String kind, UUID id, Instant at) {

    private static final String RESEND = CodeRequest.Kind.RESEND.counted();

    static CountedCode of(CodeRequest request) {
        return new CountedCode(request.kind().counted(), request.id(), request.at());
    }

    static CountedCode parse(String text) {
        String[] parts = text.split(":", -1);
        return new CountedCode(parts[0], UUID.fromString(parts[1]), Instant.ofEpochMilli(Long.parseLong(parts[2])));
    }

    /** As the sorted set in Redis calls it. */
    String name() {
        return kind + ":" + id;
    }

    @Override
    public String toString() {
        return name() + ":" + at.toEpochMilli();
    }

    /**
     * The rule of {@code request_code.lua}.
     *
     * @param earlier oldest first
     * @return those that still count, and this one
     * @throws TooManyCodes when it is one too many
     */
    static List<CountedCode> count(List<CountedCode> earlier, CodeRequest request, VerificationProperties limits) {
        Instant begin = request.at().minus(VerificationProperties.DAY);
        var codes = new ArrayList<>(
                earlier.stream().filter(code -> code.at().isAfter(begin)).toList());
        check("codes_per_day", limits.codesPerDay(), codes.stream(), VerificationProperties.DAY, request);
        if (request.renews()) {
            if (!codes.isEmpty()) {
                check("resend_wait", 1, Stream.of(codes.getLast()), limits.resendWait(), request);
            }
            var resends = codes.stream().filter(code -> code.kind().equals(RESEND));
            check("resends_per_day", limits.resendsPerDay(), resends, VerificationProperties.DAY, request);
        }
        codes.add(of(request));
        return codes;
    }

    private static void check(
            String reason, int limit, Stream<CountedCode> codes, Duration window, CodeRequest request) {
        var counted = codes.toList();
        if (counted.size() >= limit) {
            Instant freeAt = counted.get(counted.size() - limit).at().plus(window);
            if (freeAt.isAfter(request.at())) {
                throw new TooManyCodes(reason, limit, Duration.between(request.at(), freeAt));
            }
        }
    }
}
