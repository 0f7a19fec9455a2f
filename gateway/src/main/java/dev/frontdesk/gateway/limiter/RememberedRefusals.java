package dev.frontdesk.gateway.limiter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refusals of the last second, so that a flood does not ask Redis for each request. Only for the same subjects with the same
 * limits: a new limit holds at once. An allowance is never remembered.
 */
final class RememberedRefusals {

    private static final int MOST = 50_000;
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Cache<Subject, Decision> refusals;

    RememberedRefusals(Ticker ticker) {
        this.refusals = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfter(Expiry.<Subject, Decision>writing((_, refusal) -> waitOf(refusal)))
                .ticker(ticker)
                .build();
    }

    @Nullable Decision find(List<Limited> subjects) {
        Decision refusal = refusals.getIfPresent(subjects.getFirst().subject());
        return refusal != null && isOf(refusal, subjects) ? refusal : null;
    }

    void remember(Decision decision) {
        if (!decision.allowed()) {
            refusals.put(decision.standings().getFirst().limited().subject(), decision);
        }
    }

    /** Also the refusals of callers of a tenant, if that is the subject. */
    void forget(Subject subject) {
        refusals.asMap()
                .values()
                .removeIf(refusal -> refusal.standings().stream()
                        .anyMatch(it -> it.limited().subject().equals(subject)));
    }

    private static boolean isOf(Decision refusal, List<Limited> subjects) {
        if (refusal.standings().size() != subjects.size()) {
            return false;
        }
        for (int i = 0; i < subjects.size(); i++) {
            if (!refusal.standings().get(i).limited().equals(subjects.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Duration waitOf(Decision refusal) {
        Standing refusing = refusal.refusing();
        Usage longest = refusing == null ? null : refusing.longestRefusal();
        Duration wait = longest == null ? Duration.ZERO : Duration.of(longest.waitMicros(), ChronoUnit.MICROS);
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
