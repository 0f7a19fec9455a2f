package dev.frontdesk.localstack.servers;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.frontdesk.localstack.mailbox.Mails;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/**
 * An SMTP server inside this JVM, on 127.0.0.1, that accepts mail for every address. A mail is on disk before the
 * sender gets 250; if it cannot be written, the sender gets 451.
 */
public final class SmtpServer implements AutoCloseable {

    private final GreenMail server;
    private final Mails mails;

    private SmtpServer(GreenMail server, Mails mails) {
        this.server = server;
        this.mails = mails;
    }

    /** Returns when it accepts mail. */
    public static SmtpServer start(Path data, int port) throws IOException {
        Mails mails = Mails.in(data);
        GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.getUserManager().setMessageDeliveryHandler(storingIn(mails));
        FreePorts.await(port);
        server.start();
        return new SmtpServer(server, mails);
    }

    private static MessageDeliveryHandler storingIn(Mails mails) {
        // GreenMail would store each mail in memory for its user: this user stores nothing.
        GreenMailUser ignoringUser = (GreenMailUser) Proxy.newProxyInstance(
                SmtpServer.class.getClassLoader(),
                new Class<?>[] {GreenMailUser.class},
                (proxy, method, arguments) -> null);
        return (message, recipient) -> {
            try {
                ByteArrayOutputStream source = new ByteArrayOutputStream();
                message.getMessage().writeTo(source);
                mails.keep(recipient.getEmail(), source.toByteArray());
                return ignoringUser;
            } catch (IOException e) {
                throw new ServerFailed("could not store a mail: " + e.getMessage(), e);
            }
        };
    }

    /** The mails that have arrived. */
    public Mails mails() {
        return mails;
    }

    @Override
    public void close() {
        server.stop();
    }
}
