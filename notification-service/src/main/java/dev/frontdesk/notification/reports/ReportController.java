package dev.frontdesk.notification.reports;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.idempotency.Idempotency;
import dev.frontdesk.kit.idempotency.IdempotencyToken;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.values.LanguageTag;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Takes;
import dev.frontdesk.kit.web.TimeRange;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import dev.frontdesk.notification.jobs.QueuedJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/v1/reports}: orders a report, lists the finished ones and returns them as CSV. */
@RestController
final class ReportController {

    private static final Duration LONGEST_PERIOD = Duration.ofDays(366);

    /** The ordinary priority: a person waits for the report, but it is not as urgent as a code. */
    private static final int PRIORITY = 10;

    private final Jobs jobs;
    private final Reports reports;
    private final Idempotency idempotency;
    private final ReportProperties properties;
    private final JsonMapper json;

    ReportController(
            Jobs jobs, Reports reports, Idempotency idempotency, ReportProperties properties, JsonMapper json) {
        this.properties = properties;
        this.jobs = jobs;
        this.reports = reports;
        this.idempotency = idempotency;
        this.json = json;
    }

    /** The body of the request, not validated. */
    record Request(
            @Nullable String kind,
            @Nullable String from,
            @Nullable String to,
            @Nullable String email,
            @Nullable String locale) {

        /** Hides the fields, because they may include an e-mail address. */
        @Override
        public String toString() {
            return "Request[***]";
        }
    }

    /** @param nextCursor missing on the last page */
    record Found(List<Reports.Report> reports, @Nullable String nextCursor) {}

    static String pathOf(UUID id) {
        return "/api/v1/reports/" + id + "/csv";
    }

    @PostMapping("/api/v1/reports")
    Mono<ResponseEntity<String>> order(@RequestBody Request request, Caller caller, ServerWebExchange exchange) {
        var tenant = Administrators.tenantOf(caller);
        return idempotency.once(
                tenant,
                exchange,
                request,
                key -> Mono.defer(() -> jobs.add(job(tenant, request, caller, key)))
                        .map(added -> QueuedJob.answer(ReportQueue.NAME, added.id())));
    }

    private NewJob job(TenantId tenant, Request request, Caller caller, IdempotencyToken key) {
        var fields = new FieldReader();
        var kind = fields.required("kind", request.kind(), ReportKind::named);
        var range = TimeRange.readWhole(fields, request.from(), request.to());
        var email = fields.optional("email", request.email(), EmailAddress::new);
        properties.checkMail(fields, email.map(EmailAddress::value).orElse(null));
        if (range.isLongerThan(LONGEST_PERIOD)) {
            fields.refuse("to", "must be at most 366 days after from");
        }
        var locale = fields.optional("locale", request.locale(), LanguageTag::read);
        fields.check();
        UUID account = email.isEmpty() && caller instanceof Caller.Account known ? known.accountId() : null;
        var order = new ReportOrder(
                kind.orElseThrow().key(),
                range.begin(),
                range.end(),
                email.map(EmailAddress::value).orElse(null),
                account,
                locale.orElse(null));
        var job = NewJob.of(tenant, ReportQueue.NAME, order.kind(), json.writeValueAsString(order))
                .withPriority(PRIORITY);
        return key.text().map(job::withKey).orElse(job);
    }

    @Takes(query = {"limit", "cursor"})
    @GetMapping("/api/v1/reports")
    Mono<ResponseEntity<Found>> find(@RequestParam MultiValueMap<String, String> parameters, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        var fields = new FieldReader();
        var limit = fields.optional("limit", parameters.getFirst("limit"), Page::readLimit);
        var after = fields.optional("cursor", parameters.getFirst("cursor"), PageCursor::read);
        fields.check();
        return reports.find(tenant, limit.orElse(Page.DEFAULT_LIMIT), after.orElse(null))
                .map(page -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(new Found(page.items(), page.nextCursor())));
    }

    @GetMapping("/api/v1/reports/{id}/csv")
    Mono<ResponseEntity<byte[]>> download(@PathVariable UUID id, Caller caller) {
        var tenant = Administrators.tenantOf(caller);
        return reports.csv(tenant, id)
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "Report not found, or not finished: see the state of its job.")))
                .map(csv -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                        .header("X-Content-Type-Options", "nosniff")
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename("report-" + id + ".csv")
                                        .build()
                                        .toString())
                        .body(csv.getBytes(StandardCharsets.UTF_8)));
    }
}
