package dev.frontdesk.notification.emailtemplates;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.StorableJson;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /api/v1/email-templates/preview}: a mail as its reader would see it; nothing is stored or sent. */
@RestController
final class PreviewController {

    private static final String ENGLISH = "en";

    private final MailWriter mailWriter;
    private final JsonMapper json;

    PreviewController(MailWriter mailWriter, JsonMapper json) {
        this.mailWriter = mailWriter;
        this.json = json;
    }

    /**
     * @param language of the reader; English when missing
     * @param subject with text and html: a draft to preview before it is stored; if all are missing, the template in
     *     force is shown
     * @param data data that the application would send
     */
    record PreviewRequest(
            @Nullable String kind,
            @Nullable String language,
            @Nullable String subject,
            @Nullable String text,
            @Nullable String html,
            @Nullable StorableJson data) {

        boolean isDraft() {
            return subject != null || text != null || html != null;
        }
    }

    /** @param language of the template */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Preview(
            String language,
            String subject,
            String text,
            @Nullable String html) {}

    @PostMapping("/api/v1/email-templates/preview")
    Mono<Preview> preview(@RequestBody PreviewRequest request, Caller caller) {
        TenantId tenant = Administrators.tenantOf(caller);
        var fields = new FieldReader();
        var kind = fields.required("kind", request.kind(), KindAndLanguage::kind);
        var language = fields.optional("language", request.language(), KindAndLanguage::language)
                .orElse(ENGLISH);
        var draft = request.isDraft()
                ? new EmailTemplateRequest(request.subject(), request.text(), request.html())
                        .read(fields, kind.orElse(""))
                : null;
        var data = new HashMap<String, Object>();
        try {
            data.putAll(MailData.read(json, request.data()));
        } catch (IllegalArgumentException unfit) {
            fields.refuse("data", String.valueOf(unfit.getMessage()));
        }
        fields.check();
        if (draft != null) {
            return preview(language, draft, data);
        }
        return mailWriter
                .inForce(tenant, kind.orElseThrow(), language)
                .flatMap(found -> found.isEmpty() ? Mono.error(notFound()) : Mono.just(found.getFirst()))
                .flatMap(words -> preview(words.language(), words.template(), data));
    }

    private Mono<Preview> preview(String language, EmailTemplate template, Map<String, Object> data) {
        return mailWriter
                .fill(language, template, data)
                .map(mail -> new Preview(language, mail.subject(), mail.text(), mail.html()));
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, "Template not found.");
    }
}
