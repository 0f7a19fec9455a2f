package dev.frontdesk.notification.mail;

import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobHandler;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sends codes as {@link MailHandler} sends all mails, from a queue of their own: a worker that is busy with others is not theirs. */
@Component
class CodeHandler implements JobHandler {

    private final MailHandler mails;

    CodeHandler(MailHandler mails) {
        this.mails = mails;
    }

    @Override
    public String queue() {
        return Mails.CODES;
    }

    @Override
    public Mono<String> handle(Job job) {
        return mails.handle(job);
    }
}
