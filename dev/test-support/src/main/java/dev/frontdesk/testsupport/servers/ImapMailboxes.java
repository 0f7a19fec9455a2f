package dev.frontdesk.testsupport.servers;

import dev.frontdesk.localstack.mailbox.Mail;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Mailboxes of a remote GreenMail. The first mail to an address creates its mailbox, with the address as password. */
record ImapMailboxes(String host, int port) implements Smtp.Mailboxes {

    @Override
    public List<Mail> of(String address) {
        var timeouts = new Properties();
        timeouts.setProperty("mail.imap.connectiontimeout", "5000");
        timeouts.setProperty("mail.imap.timeout", "5000");
        try (var store = Session.getInstance(timeouts).getStore("imap")) {
            store.connect(host, port, address, address);
            try (var inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                var mails = new ArrayList<Mail>();
                for (var message : inbox.getMessages()) {
                    mails.add(Mail.of("%016d".formatted(message.getMessageNumber()), address, source(message)));
                }
                return mails.reversed();
            }
        } catch (AuthenticationFailedException noMailYet) {
            return List.of();
        } catch (MessagingException e) {
            throw new IllegalStateException("Could not read the mails to " + address, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean answer() {
        return Greeting.of(host, port, "").startsWith("* OK");
    }

    private static byte[] source(Message message) throws MessagingException, IOException {
        var source = new ByteArrayOutputStream();
        message.writeTo(source);
        return source.toByteArray();
    }
}
