package dev.frontdesk.testsupport.servers;

import dev.frontdesk.localstack.mailbox.Mail;
import java.util.List;

/** A real SMTP server that accepts mail for every address and stores it. */
public final class Smtp extends TestServer {

    /** Reads the mails that the server accepted. */
    interface Mailboxes {

        List<Mail> of(String address);

        boolean answer();
    }

    private final Mailboxes mailboxes;

    Smtp(Host host, Mailboxes mailboxes) {
        super(host);
        this.mailboxes = mailboxes;
    }

    /** The mails that arrived for this address, newest first. A restarted server may have lost earlier ones. */
    public List<Mail> messages(String to) {
        return mailboxes.of(to);
    }

    @Override
    boolean answers() {
        return Greeting.of(host(), port(), "").startsWith("220") && mailboxes.answer();
    }
}
