package dev.frontdesk.notification.queues;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.KindName;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.Takes;
import dev.frontdesk.kit.web.TimeRange;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code GET /api/v1/jobs}: administrators search for jobs and mails of their tenant in all queues. */
@RestController
final class JobSearchController {

    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");

    private final JobSearch search;

    JobSearchController(JobSearch search) {
        this.search = search;
    }

    /** @param nextCursor missing on the last page */
    record Found(List<StoredJob> jobs, @Nullable String nextCursor) {}

    /** Returns the newest jobs first. */
    @Takes(query = {"email", "account_id", "queue", "kind", "state", "trace_id", "from", "to", "limit", "cursor"})
    @GetMapping("/api/v1/jobs")
    Mono<ResponseEntity<Found>> find(@RequestParam MultiValueMap<String, String> parameters, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        var fields = new FieldReader();
        var wanted = new JobSearch.Wanted(
                fields.optional("email", parameters.getFirst("email"), JobSearchController::readAddress)
                        .orElse(null),
                fields.uuid("account_id", parameters.getFirst("account_id")).orElse(null),
                fields.optional("queue", parameters.getFirst("queue"), QueueName::new)
                        .orElse(null),
                fields.optional("kind", parameters.getFirst("kind"), KindName::read)
                        .orElse(null),
                fields.optional("state", parameters.getFirst("state"), JobState::read)
                        .orElse(null),
                fields.optional("trace_id", parameters.getFirst("trace_id"), JobSearchController::readTraceId)
                        .orElse(null),
                TimeRange.read(fields, parameters.getFirst("from"), parameters.getFirst("to")));
        int limit = fields.optional("limit", parameters.getFirst("limit"), Page::readLimit)
                .orElse(Page.DEFAULT_LIMIT);
        var after = fields.optional("cursor", parameters.getFirst("cursor"), JobPosition::read);
        fields.check();
        return search.find(tenant, wanted, limit, after.orElse(null))
                .map(found ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(page(found, limit)));
    }

    private static Found page(List<StoredJob> found, int limit) {
        return found.size() <= limit
                ? new Found(found, null)
                : new Found(
                        found.subList(0, limit), found.get(limit - 1).position().cursor());
    }

    private static String readAddress(String text) {
        return new EmailAddress(text).value().toLowerCase(Locale.ROOT);
    }

    private static String readTraceId(String text) {
        if (!TRACE_ID.matcher(text).matches()) {
            throw new IllegalArgumentException("must be 32 hexadecimal digits in lower case");
        }
        return text;
    }
}
