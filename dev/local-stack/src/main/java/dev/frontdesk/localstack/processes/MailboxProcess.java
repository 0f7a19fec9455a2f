package dev.frontdesk.localstack.processes;

import dev.frontdesk.localstack.mailbox.InboxPage;
import dev.frontdesk.localstack.servers.SmtpServer;
import java.io.IOException;
import java.nio.file.Path;

/** The mailbox's own process. Arguments: the folder of the mails, SMTP's port, the page's port. */
final class MailboxProcess {

    private MailboxProcess() {}

    public static void main(String[] arguments) throws IOException {
        SmtpServer smtp = SmtpServer.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        InboxPage page = InboxPage.start(smtp.mails(), Integer.parseInt(arguments[2]));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            page.close();
                            smtp.close();
                        },
                        "stop"));
    }
}
