package dev.frontdesk.notification.deadletters;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventReplays;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Operators;
import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.values.Graphemes;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Takes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * {@code /api/v1/dead-letters}, for operators. The holder of the operator key sees all dead letters, because an invalid
 * record often has no tenant that can be trusted. An account with the operator role sees those that name its tenant,
 * without their data.
 */
@RestController
final class DeadLetterController {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterController.class);
    private static final Duration REPLAY_WITHIN = Duration.ofSeconds(8);
    private static final int MOST_OF_THE_DATA = 16 * 1024;

    private final DeadLetters letters;
    private final EventReplays replays;

    DeadLetterController(DeadLetters letters, EventReplays replays) {
        this.letters = letters;
        this.replays = replays;
    }

    /** @param nextCursor missing on the last page */
    record Found(
            List<StoredDeadLetter> deadLetters, @Nullable String nextCursor) {}

    /** @param content beginning of the data, decoded as UTF-8 */
    record Shown(
            @JsonUnwrapped StoredDeadLetter letter,
            @Nullable String key,
            @Nullable Map<String, String> headers,
            @Nullable String content) {}

    @Takes(query = {"group", "replayed", "limit", "cursor"})
    @GetMapping("/api/v1/dead-letters")
    Mono<ResponseEntity<Found>> find(@RequestParam MultiValueMap<String, String> parameters, Caller caller) {
        TenantId tenant = seenBy(caller);
        var fields = new FieldReader();
        var group = fields.optional("group", parameters.getFirst("group"), this::readGroup);
        var replayed = fields.flag("replayed", parameters.getFirst("replayed"));
        var limit = fields.optional("limit", parameters.getFirst("limit"), Page::readLimit);
        var after = fields.optional("cursor", parameters.getFirst("cursor"), PageCursor::read);
        fields.check();
        var filter = new DeadLetters.Filter(group.orElse(null), replayed.orElse(null));
        return letters.find(tenant, filter, limit.orElse(Page.DEFAULT_LIMIT), after.orElse(null))
                .map(page -> privately(new Found(page.items(), page.nextCursor())));
    }

    @GetMapping("/api/v1/dead-letters/{id}")
    Mono<ResponseEntity<Shown>> show(@PathVariable UUID id, Caller caller) {
        return letter(id, caller).map(whole -> privately(shown(whole, caller)));
    }

    @PostMapping("/api/v1/dead-letters/{id}/replay")
    Mono<ResponseEntity<StoredDeadLetter>> replay(@PathVariable UUID id, Caller caller) {
        return letter(id, caller)
                .flatMap(this::replay)
                .then(Mono.defer(() -> letter(id, caller)))
                .map(whole -> privately(whole.letter()));
    }

    private Mono<Void> replay(StoredDeadLetter.Whole whole) {
        StoredDeadLetter letter = whole.letter();
        ByteBuffer data = whole.data();
        if (letter.replayedAt() != null) {
            return Mono.empty();
        }
        if (data == null) {
            return refused("Its data was too large to be stored, or missing.");
        }
        if (EventReplays.typeOf(whole.headers()).isEmpty()) {
            return refused("Its event type is unknown to this version.");
        }
        if (!replays.groups().contains(letter.group())) {
            return refused("Its consumer group no longer exists.");
        }
        return replays.replay(letter.group(), whole.headers(), data)
                .timeout(REPLAY_WITHIN)
                .onErrorResume(error -> letters.tried(letter.id(), false).then(refusal(letter, error)))
                .then(Mono.defer(() -> letters.tried(letter.id(), true)));
    }

    private static Mono<Void> refusal(StoredDeadLetter letter, Throwable error) {
        if (Outages.isBehind(error)) {
            return Mono.error(error);
        }
        String why = EventReplays.detailOf(error).orElse(error.getClass().getSimpleName());
        return TraceLog.<Void>line(() -> log.warn("Replay of dead letter {} failed again: {}", letter.id(), why))
                .then(refused("The replay failed again: " + why + "."));
    }

    private static <T> Mono<T> refused(String detail) {
        return Mono.error(new ProblemException(ProblemType.CONFLICT, detail));
    }

    private Mono<StoredDeadLetter.Whole> letter(UUID id, Caller caller) {
        TenantId tenant = seenBy(caller);
        return letters.one(tenant, id)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND, "Dead letter not found.")));
    }

    private static @Nullable TenantId seenBy(Caller caller) {
        TenantId tenant = Operators.tenantOf(caller);
        return caller instanceof Caller.Operator ? null : tenant;
    }

    private static Shown shown(StoredDeadLetter.Whole whole, Caller caller) {
        return caller instanceof Caller.Operator
                ? new Shown(whole.letter(), whole.key(), whole.headers(), beginning(whole.data()))
                : new Shown(whole.letter(), null, null, null);
    }

    private static @Nullable String beginning(@Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        boolean whole = data.remaining() <= MOST_OF_THE_DATA;
        String text = StandardCharsets.UTF_8
                .decode(data.slice(data.position(), Math.min(data.remaining(), MOST_OF_THE_DATA)))
                .toString();
        // The last character may be cut off, so it is dropped.
        return whole ? text : Graphemes.cut(text, text.length() - 1);
    }

    private String readGroup(String text) {
        if (!replays.groups().contains(text)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", replays.groups()));
        }
        return text;
    }

    private static <T> ResponseEntity<T> privately(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
