package dev.frontdesk.notification.analytics;

import dev.frontdesk.kit.idempotency.Idempotency;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.KindName;
import dev.frontdesk.kit.web.Takes;
import dev.frontdesk.notification.jobs.QueuedJob;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code /api/v1/analytics}: applications send events to count, and read the counts by day and kind. */
@RestController
final class AnalyticsController {

    private static final int LONGEST_PERIOD = 366;
    private static final int MOST_COUNTS = 10_000;
    private static final int USUAL_PERIOD = 30;

    private final Analytics analytics;
    private final DailyCounts counts;
    private final Idempotency idempotency;
    private final Clock clock;

    AnalyticsController(Analytics analytics, DailyCounts counts, Idempotency idempotency, Clock clock) {
        this.analytics = analytics;
        this.counts = counts;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** The request body, not checked yet. */
    record Request(
            @Nullable String kind,
            @Nullable String day,
            @Nullable Integer count) {}

    record Found(List<DailyCounts.Count> counts) {}

    @PostMapping("/api/v1/analytics/events")
    Mono<ResponseEntity<String>> take(@RequestBody Request request, Caller caller, ServerWebExchange exchange) {
        var tenant = Administrators.tenantOf(caller);
        return idempotency.once(
                tenant,
                exchange,
                request,
                key -> Mono.defer(() -> analytics
                        .add(tenant, happening(request), key.text().orElse(null))
                        .map(added -> QueuedJob.answer(AnalyticsQueue.NAME, added.id()))));
    }

    private CountedEvent happening(Request request) {
        var fields = new FieldReader();
        LocalDate today = today();
        var kind = fields.required("kind", request.kind(), KindName::read);
        var day = fields.optional("day", request.day(), AnalyticsController::readDay);
        if (day.isPresent()
                && (day.get().isAfter(today.plusDays(1)) || day.get().isBefore(today.minusDays(LONGEST_PERIOD)))) {
            fields.refuse("day", "must not be in the future, and at most 366 days in the past");
        }
        int count = request.count() == null ? 1 : request.count();
        fields.range("count", count, 1, CountedEvent.MOST);
        fields.check();
        return new CountedEvent(kind.orElseThrow(), day.orElse(today), count);
    }

    /** @param parameters from is the first day, to is the day after the last; the last 30 days when missing */
    @Takes(query = {"kind", "from", "to"})
    @GetMapping("/api/v1/analytics/counts")
    Mono<ResponseEntity<Found>> find(@RequestParam MultiValueMap<String, String> parameters, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        var fields = new FieldReader();
        var kind = fields.optional("kind", parameters.getFirst("kind"), KindName::read);
        LocalDate to = fields.optional("to", parameters.getFirst("to"), AnalyticsController::readDay)
                .orElseGet(() -> today().plusDays(1));
        LocalDate from = fields.optional("from", parameters.getFirst("from"), AnalyticsController::readDay)
                .orElseGet(() -> to.minusDays(USUAL_PERIOD));
        if (!from.isBefore(to) || from.plusDays(LONGEST_PERIOD).isBefore(to)) {
            fields.refuse("to", "must be after from, by at most 366 days");
        }
        fields.check();
        return counts.find(tenant, from, to, kind.orElse(null), MOST_COUNTS)
                .map(found ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new Found(found)));
    }

    private LocalDate today() {
        return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static LocalDate readDay(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 1 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeException notOne) {
            throw new IllegalArgumentException("must be a day such as 2026-11-21", notOne);
        }
        throw new IllegalArgumentException("must be a day such as 2026-11-21");
    }
}
