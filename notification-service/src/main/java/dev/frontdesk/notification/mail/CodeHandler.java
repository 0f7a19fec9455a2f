package dev.frontdesk.notification.mail;

import dev.frontdesk.notification.jobs.Job;
import dev.frontdesk.notification.jobs.JobHandler;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Sends mails with codes as {@link MailHandler} does, but from their own queue, so that they do not wait for workers
 * that are busy with other mails.
 */
@Component
class CodeHandler implements JobHandler {

    private final MailHandler mails;

    CodeHandler(MailHandler mails) {
        this.mails = mails;
    }

    @Override
    public String queue() {
        return CodeQueue.NAME;
    }

    @Override
    public int mostClaimedAhead() {
        return mails.mostClaimedAhead();
    }

    @Override
    public boolean marksBegun() {
        return mails.marksBegun();
    }

    @Override
    public Mono<String> handle(Job job) {
        return mails.handle(job);
    }
}
