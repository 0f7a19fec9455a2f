package dev.frontdesk.notification.emailtemplates;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /api/v1/email-templates}: a tenant's mail templates, instead of built-in ones or for own kinds. */
@RestController
@RequestMapping("/api/v1/email-templates")
final class EmailTemplatesController {

    private final EmailTemplates templates;
    private final BuiltInTemplates builtIn;

    EmailTemplatesController(EmailTemplates templates, BuiltInTemplates builtIn) {
        this.templates = templates;
        this.builtIn = builtIn;
    }

    /**
     * @param own whether the template is the tenant's
     * @param updatedAt missing for built-in templates
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String kind,
            String language,
            boolean own,
            @Nullable Instant updatedAt) {}

    record Found(List<Entry> templates) {}

    /** @param html missing if the mail is text only */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(
            String kind,
            String language,
            boolean own,
            String subject,
            String text,
            @Nullable String html) {}

    @GetMapping
    Mono<Found> list(Caller caller) {
        return templates.list(Administrators.tenantOf(caller)).map(this::together);
    }

    /** Returns the template in force. */
    @GetMapping("/{kind}/{language}")
    Mono<Shown> show(@PathVariable String kind, @PathVariable String language, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        var wanted = KindAndLanguage.read(kind, language);
        return templates
                .of(tenant, wanted.kind())
                .flatMap(own -> Mono.justOrEmpty(own.get(wanted.language())))
                .map(template -> shown(wanted, true, template))
                .switchIfEmpty(Mono.defer(() -> Mono.justOrEmpty(ours(wanted))))
                .switchIfEmpty(Mono.error(EmailTemplatesController::notFound));
    }

    /** Responds with 201 if the tenant had no own template. */
    @PutMapping("/{kind}/{language}")
    Mono<ResponseEntity<Shown>> put(
            @PathVariable String kind,
            @PathVariable String language,
            @RequestBody EmailTemplateRequest request,
            Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        var wanted = KindAndLanguage.read(kind, language);
        EmailTemplate template = request.checked(wanted.kind());
        return templates
                .put(tenant, wanted.kind(), wanted.language(), template)
                .switchIfEmpty(Mono.error(EmailTemplatesController::tooMany))
                .map(made -> ResponseEntity.status(made ? HttpStatus.CREATED : HttpStatus.OK)
                        .body(shown(wanted, true, template)));
    }

    /** Deletes the tenant's template; the built-in one, if any, is in force again. */
    @DeleteMapping("/{kind}/{language}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@PathVariable String kind, @PathVariable String language, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        var wanted = KindAndLanguage.read(kind, language);
        return templates
                .delete(tenant, wanted.kind(), wanted.language())
                .flatMap(deleted -> deleted ? Mono.empty() : Mono.error(notFound()));
    }

    private Found together(List<EmailTemplates.Listed> own) {
        var all = new ArrayList<Entry>();
        own.forEach(it -> all.add(new Entry(it.kind(), it.language(), true, it.updatedAt())));
        for (MailKind kind : MailKind.values()) {
            builtIn.of(kind).keySet().stream()
                    .filter(language -> all.stream()
                            .noneMatch(it -> it.kind().equals(kind.key())
                                    && it.language().equals(language)))
                    .forEach(language -> all.add(new Entry(kind.key(), language, false, null)));
        }
        all.sort(Comparator.comparing(Entry::kind).thenComparing(Entry::language));
        return new Found(all);
    }

    private Optional<Shown> ours(KindAndLanguage wanted) {
        return MailKind.named(wanted.kind())
                .flatMap(kind -> Optional.ofNullable(builtIn.of(kind).get(wanted.language())))
                .map(template -> shown(wanted, false, template));
    }

    private static Shown shown(KindAndLanguage which, boolean own, EmailTemplate template) {
        return new Shown(which.kind(), which.language(), own, template.subject(), template.text(), template.html());
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, "Template not found.");
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                ProblemType.CONFLICT, "A tenant has at most " + EmailTemplates.MOST + " templates. Delete one first.");
    }
}
