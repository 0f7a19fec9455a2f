package dev.frontdesk.notification.emailtemplates;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.metrics.ThreadMetrics;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.values.TypedText;
import dev.frontdesk.kit.web.ProblemException;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Writes mails with the template that is in force for a tenant and a reader: the tenant's in the reader's language,
 * else the built-in one; English if neither exists in that language; for a tenant's own kind the first that exists. If
 * a tenant's template fails on a mail's data, the built-in one is used, so that the reader still receives a code.
 * Templates are rendered on separate threads, because tenants write them.
 */
@Component
public class MailWriter implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(MailWriter.class);
    private static final String ELSE = "en";
    private static final int MOST_COMPILED = 500;
    private static final int WRITERS = 2;
    private static final int MOST_WAITING = 1_000; // per thread

    private final BuiltInTemplates builtIn;
    private final TenantTemplates own;
    private final Cache<InLanguage, CompiledEmail> compiled =
            Caffeine.newBuilder().maximumSize(MOST_COMPILED).build();
    private final Scheduler writers = Schedulers.newBoundedElastic(WRITERS, MOST_WAITING, "mail-words", 60, true);

    MailWriter(BuiltInTemplates builtIn, TenantTemplates own) {
        this.builtIn = builtIn;
        this.own = own;
    }

    /** For tests of code that writes mails. */
    public static MailWriter ofOurOwn() {
        return new MailWriter(new BuiltInTemplates(), (_, _) -> Mono.just(Map.of()));
    }

    private record InLanguage(String language, EmailTemplate template) {}

    /** @param own whether the template is the tenant's */
    record Words(String language, boolean own, EmailTemplate template) {}

    /**
     * @param kind a {@link MailKind}, or a tenant's own
     * @param locale BCP 47
     * @return empty if there is no template for such a mail; an error if the model lacks a variable of the template
     */
    public Mono<WrittenMail> write(TenantId tenant, String kind, String locale, Map<String, ?> model) {
        return inForce(tenant, kind, locale).flatMap(words -> onWriters(() -> written(tenant, kind, words, model)));
    }

    /**
     * Checks that an application's mail can be written: a template exists, and the data has all its variables.
     *
     * @param locale BCP 47; null if the reader's language is not known yet: then the templates of all languages are
     *     checked
     * @return an error of {@link ProblemException} that names {@code kind} or {@code data} if it cannot
     */
    public Mono<Void> check(TenantId tenant, String kind, @Nullable String locale, Map<String, ?> data) {
        return (locale == null
                        ? inEachLanguage(tenant, kind)
                        : inForce(tenant, kind, locale)
                                .map(words -> words.stream().limit(1).toList()))
                .flatMap(words -> words.isEmpty()
                        ? Mono.error(ProblemException.invalid("kind", "has no template"))
                        : Flux.fromIterable(words)
                                .concatMap(it -> fill(it.language(), it.template(), data))
                                .then());
    }

    private Mono<List<Words>> inEachLanguage(TenantId tenant, String kind) {
        return own.of(tenant, kind).map(theirs -> {
            var languages = new TreeSet<>(theirs.keySet());
            languages.addAll(ours(kind).keySet());
            return languages.stream()
                    .map(language ->
                            inOrder(new TreeMap<>(theirs), ours(kind), language).getFirst())
                    .distinct()
                    .toList();
        });
    }

    /** The templates that would be used, the best first. */
    Mono<List<Words>> inForce(TenantId tenant, String kind, String locale) {
        return own.of(tenant, kind).map(theirs -> inOrder(new TreeMap<>(theirs), ours(kind), languageOf(locale)));
    }

    Map<String, EmailTemplate> ours(String kind) {
        return MailKind.named(kind).map(builtIn::of).orElse(Map.of());
    }

    /**
     * A preview of a mail, with sample values for what only a real mail has.
     *
     * @param language ISO 639, of the template
     * @param data data that the application would send
     * @return an error of {@link ProblemException} if template and data do not match
     */
    Mono<WrittenMail> fill(String language, EmailTemplate template, Map<String, ?> data) {
        return onWriters(() -> {
            try {
                return seen(write(language, template, PreviewData.with(data)));
            } catch (ProblemException refused) {
                throw refused;
            } catch (RuntimeException failed) {
                throw Refusals.ofData(failed);
            }
        });
    }

    private static WrittenMail seen(WrittenMail mail) {
        if (TypedText.shown(mail.subject(), mail.subject().length()).isEmpty()) {
            throw ProblemException.invalid("data", "leaves a subject without visible characters");
        }
        return mail;
    }

    MeterBinder threadMetrics() {
        return ThreadMetrics.of("mail-words", writers);
    }

    @Override
    public void destroy() {
        writers.dispose();
    }

    private WrittenMail write(String language, EmailTemplate template, Map<String, ?> model) {
        return compiled.get(new InLanguage(language, template), it -> CompiledEmail.of(it.template(), it.language()))
                .write(model);
    }

    /** If all threads are busy and too many mails wait, that is an outage and not an error of the mail. */
    private Mono<WrittenMail> onWriters(Supplier<@Nullable WrittenMail> writing) {
        return Mono.deferContextual(context -> Mono.<WrittenMail>fromSupplier(() -> TraceLog.call(context, writing)))
                .subscribeOn(writers)
                .onErrorMap(
                        RejectedExecutionException.class, _ -> new TimeoutException("all mail writer threads are busy"))
                .publishOn(Schedulers.parallel());
    }

    static String languageOf(String locale) {
        return Locale.forLanguageTag(locale).getLanguage();
    }

    private static List<Words> inOrder(
            TreeMap<String, EmailTemplate> theirs, Map<String, EmailTemplate> ours, String wanted) {
        var all = new ArrayList<Words>();
        for (String language : wanted.equals(ELSE) ? List.of(ELSE) : List.of(wanted, ELSE)) {
            Optional.ofNullable(theirs.get(language)).ifPresent(it -> all.add(new Words(language, true, it)));
            Optional.ofNullable(ours.get(language)).ifPresent(it -> all.add(new Words(language, false, it)));
        }
        if (all.isEmpty() && !theirs.isEmpty()) {
            var first = theirs.firstEntry();
            all.add(new Words(first.getKey(), true, first.getValue()));
        }
        return all;
    }

    private @Nullable WrittenMail written(TenantId tenant, String kind, List<Words> candidates, Map<String, ?> model) {
        RuntimeException last = null;
        for (Words words : candidates) {
            // If the tenant's template failed, its templates in other languages are skipped in favour of built-in ones.
            if (last != null && words.own()) {
                continue;
            }
            try {
                return write(words.language(), words.template(), model);
            } catch (RuntimeException failed) {
                last = failed;
                log.warn(
                        "Mail template of {} for {} in {} could not be rendered: {}",
                        words.own() ? tenant : "Frontdesk",
                        kind,
                        words.language(),
                        failed.getClass().getSimpleName());
            }
        }
        if (last != null) {
            throw last;
        }
        return null;
    }
}
