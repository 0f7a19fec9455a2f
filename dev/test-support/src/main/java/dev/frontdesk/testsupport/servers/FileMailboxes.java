package dev.frontdesk.testsupport.servers;

import dev.frontdesk.localstack.mailbox.Mail;
import dev.frontdesk.localstack.mailbox.Mails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The mails that a server in another process of this machine stores as files. */
record FileMailboxes(Path folder) implements Smtp.Mailboxes {

    @Override
    public List<Mail> of(String address) {
        try {
            return Mails.in(folder).to(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files are always readable. */
    @Override
    public boolean answer() {
        return true;
    }
}
