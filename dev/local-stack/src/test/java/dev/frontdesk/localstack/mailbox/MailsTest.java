package dev.frontdesk.localstack.mailbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailsTest {

    @TempDir
    Path folder;

    @Test
    void tellsTheNewestFirstAlsoAfterARestart() throws IOException {
        Mails mails = Mails.in(folder);
        for (int i = 1; i <= 3; i++) {
            mails.keep("Ada@Example.com", source("Subject: " + i));
        }
        mails.keep("other@example.com", source("Subject: 4"));
        assertThat(mails.to("ada@example.com")).extracting(Mail::subject).containsExactly("3", "2", "1");

        Mails again = Mails.in(folder);
        again.keep("ada@example.com", source("Subject: 5"));
        assertThat(again.all()).extracting(Mail::subject).containsExactly("5", "4", "3", "2", "1");
        assertThat(again.newest(2)).extracting(Mail::subject).containsExactly("5", "4");
        assertThat(again.to("ada@example.co")).isEmpty();
    }

    @Test
    void findsWhatItKnowsAndNoFileBesides() throws IOException {
        Mails mails = Mails.in(folder.resolve("mails"));
        mails.keep("ada@example.com", source("Subject: hello"));
        String id = mails.all().getFirst().id();
        assertThat(mails.find(id))
                .hasValueSatisfying(mail -> assertThat(mail.subject()).isEqualTo("hello"));
        assertThat(mails.find("../mails/" + id)).isEmpty();
    }

    @Test
    void forgetsEverythingOnRequest() throws IOException {
        Mails mails = Mails.in(folder);
        mails.keep("ada@example.com", source("Subject: hello"));
        mails.clear();
        assertThat(mails.all()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void takesNoHeaderFromARecipient() throws IOException {
        Mails mails = Mails.in(folder);
        mails.keep("ada@example.com\r\nBcc: all@example.com", source("Subject: hello"));
        assertThat(mails.all().getFirst().headers()).doesNotContainKey("Bcc");
    }

    @Test
    void undoesEveryEncoding() throws IOException {
        Mail mail = read("""
                From: =?UTF-8?Q?=C3=96n_B=C3=BCro?= <desk@example.com>
                Subject: =?ISO-8859-9?Q?Do=F0rulama?= =?UTF-8?B?IMWfaWZyZXNp?=
                X-Folded: one
                 two
                X-Twice: a
                X-Twice: b
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=outer

                --outer
                Content-Type: multipart/alternative; boundary=inner

                --inner
                Content-Type: text/plain; charset=iso-8859-9
                Content-Transfer-Encoding: quoted-printable

                =DDyi g=FCnler, do=F0rulama kodunuz: =
                123456
                --inner
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: base64

                PHA+xLB5aSBnw7xubGVyPC9wPg==
                --inner--
                --outer
                Content-Type: text/plain; name=notes.txt
                Content-Disposition: attachment; filename=notes.txt

                not the text
                --outer--
                """);
        assertThat(mail.subject()).isEqualTo("Doğrulama şifresi");
        assertThat(mail.text()).isEqualTo("İyi günler, doğrulama kodunuz: 123456");
        assertThat(mail.html()).isEqualTo("<p>İyi günler</p>");
        assertThat(mail.headers())
                .containsEntry("From", "Ön Büro <desk@example.com>")
                .containsEntry("X-Folded", "one two")
                .containsEntry("X-Twice", "a, b");
    }

    @Test
    void showsEvenWhatItCannotDecode() throws IOException {
        assertThat(read("Content-Type: text/plain; charset=no-such\n\nhello\n").text())
                .contains("hello");
        assertThat(read("Content-Type: multipart/mixed; boundary=b\n\nno parts at all\n")
                        .to())
                .isEqualTo("ada@example.com");
        assertThat(read("Subject: =?UTF-8?Q?broken\n\n").subject()).isEqualTo("=?UTF-8?Q?broken");
        assertThat(read("Content-Type: nonsense\nContent-Transfer-Encoding: x\n\nhello")
                        .id())
                .isNotEmpty();
    }

    private Mail read(String source) throws IOException {
        Mails mails = Mails.in(folder);
        mails.keep("ada@example.com", source.replace("\n", "\r\n").getBytes(UTF_8));
        return mails.all().getFirst();
    }

    private static byte[] source(String headers) {
        return (headers + "\r\n\r\nbody\r\n").getBytes(US_ASCII);
    }
}
