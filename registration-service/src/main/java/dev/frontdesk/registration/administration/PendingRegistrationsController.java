package dev.frontdesk.registration.administration;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Operators;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.registration.pendingregistrations.Cursor;
import dev.frontdesk.registration.pendingregistrations.PendingRegistrationsView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * {@code /api/v1/admin/pending-registrations}: operators list the pending sign-ups of their tenant, without the data
 * that opens an account.
 */
@RestController
@RequestMapping("/api/v1/admin/pending-registrations")
final class PendingRegistrationsController {

    private final PendingRegistrationsView waiting;

    PendingRegistrationsController(PendingRegistrationsView waiting) {
        this.waiting = waiting;
    }

    record Entry(
            UUID id,
            String email,
            String firstName,
            String lastName,
            String locale,
            Instant requestedAt,
            Instant expiresAt,
            int codeGuesses,
            int guesses) {

        static Entry of(PendingRegistrationsView.Waiting waiting) {
            var signUp = waiting.signUp();
            var registration = signUp.registration();
            var profile = registration.profile();
            return new Entry(
                    registration.id(),
                    registration.email().value(),
                    profile.firstName().value(),
                    profile.lastName().value(),
                    profile.language().tag(),
                    signUp.requestedAt(),
                    signUp.expiresAt(),
                    signUp.code().attempts(),
                    waiting.attempts());
        }
    }

    /** @param nextCursor missing on the last page */
    record Found(List<Entry> pendingRegistrations, @Nullable String nextCursor) {}

    @GetMapping
    Mono<Found> list(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        var tenant = Operators.tenantOf(caller);
        var fields = new FieldReader();
        var most = fields.optional("limit", limit, Page::readLimit);
        var from = fields.optional("cursor", cursor, Cursor::parse);
        fields.check();
        return waiting.page(tenant, most.orElse(Page.DEFAULT_LIMIT), from.orElse(Cursor.START))
                .map(page -> new Found(
                        page.waiting().stream().map(Entry::of).toList(),
                        page.next().map(Cursor::opaque).orElse(null)));
    }

    record Count(long count) {}

    @GetMapping("/count")
    Mono<Count> count(Caller caller) {
        return waiting.count(Operators.tenantOf(caller)).map(Count::new);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@PathVariable UUID id, Caller caller) {
        var tenant = Operators.tenantOf(caller);
        return waiting.delete(tenant, id)
                .filter(deleted -> deleted)
                .switchIfEmpty(Mono.error(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "Pending registration not found.")))
                .then();
    }
}
