package dev.frontdesk.testsupport.servers;

import dev.frontdesk.localstack.mailbox.Mail;
import java.util.List;

/** A real SMTP server that takes mail for every address and keeps it. */
public final class Smtp extends TestServer {

    /** How the mails are read that the server took. */
    interface Mailboxes {

        List<Mail> of(String address);

        boolean answer();
    }

    private final Mailboxes mailboxes;

    Smtp(Host host, Mailboxes mailboxes) {
        super(host);
        this.mailboxes = mailboxes;
    }

    /** The mails that arrived for this address, newest first. A server that was stopped may have forgotten earlier ones. */
    public List<Mail> messages(String to) {
        return mailboxes.of(to);
    }

    @Override
    boolean answers() {
        return Greeting.of(host(), port(), "").startsWith("220") && mailboxes.answer();
    }
}
