package dev.frontdesk.testsupport.servers;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** A mail to be sent. */
record Letter(String to, String subject, String text) {

    static Letter to(String to, String subject, String text) {
        return new Letter(to, subject, text);
    }

    void sendTo(Smtp smtp) throws MessagingException {
        var settings = new Properties();
        settings.setProperty("mail.smtp.host", smtp.host());
        settings.setProperty("mail.smtp.port", String.valueOf(smtp.port()));
        settings.setProperty("mail.smtp.connectiontimeout", "5000");
        settings.setProperty("mail.smtp.timeout", "5000");
        var message = new MimeMessage(Session.getInstance(settings));
        message.setFrom("desk@example.com");
        message.setRecipients(RecipientType.TO, to);
        message.setSubject(subject, "UTF-8");
        message.setText(text, "UTF-8");
        Transport.send(message);
    }
}
