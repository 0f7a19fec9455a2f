package dev.frontdesk.notification.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.StreamProvider;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another implementation decodes exactly the original text. */
class HeaderTextTest {

    private static final MailAddress SHOP = MailAddress.of("no-reply@mail.shop.example");
    private static final Pattern WORD = Pattern.compile("=\\?UTF-8\\?B\\?([A-Za-z0-9+/=]*)\\?=");
    private static final int AT_ONCE = 50;

    /** Otherwise each word that is decoded searches the whole class path for an implementation. */
    @BeforeAll
    static void nameTheImplementation() {
        System.setProperty(
                StreamProvider.class.getName(),
                StreamProvider.provider().getClass().getName());
    }

    @AfterAll
    static void forgetTheImplementation() {
        System.clearProperty(StreamProvider.class.getName());
    }

    /** Every Unicode character, block by block, next to its neighbours and with spaces in between. */
    @Test
    void bringsEveryCharacterOfEveryBlock() throws Exception {
        int checked = 0;
        for (List<Integer> some : characters()) {
            var dense = new StringBuilder();
            some.forEach(dense::appendCodePoint);
            var spaced = new StringBuilder("x");
            some.forEach(it -> spaced.append(it % 3 == 0 ? " " : "").appendCodePoint(it));
            for (String text : List.of(dense.toString(), spaced.append('x').toString())) {
                String written = HeaderText.unstructured("Subject", text);

                assertThat(decoded("Subject", written)).isEqualTo(text);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(5_000);
    }

    @Test
    void bringsEveryCharacterInAName() throws Exception {
        for (List<Integer> some : characters()) {
            var name = new StringBuilder("x");
            some.forEach(name::appendCodePoint);

            String written = HeaderText.mailbox("From", name.append('x').toString(), SHOP);

            hasFoldedLines("From", written);
            var mailbox = InternetAddress.parse(MimeUtility.unfold(written), true);
            assertThat(mailbox).hasSize(1);
            assertThat(mailbox[0].getPersonal()).isEqualTo(name.toString());
            assertThat(mailbox[0].getAddress()).isEqualTo(SHOP.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "News",
                "Order A-1: \"paid\" (<3)",
                "=?utf-8?q?Paid?=",
                "News =?utf-8?B?UGFpZA==?= today",
                "half of one =?utf-8?q?Paid",
                " spaces around ",
                "two  spaces, and so long that it has to be folded somewhere, which is at one of the spaces  between",
                "The words of an order with a name that goes on and on, so that no line of a mail could hold all of it at once",
                "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
                "Siparişiniz yolda 🚚 👩‍👩‍👧‍👦 👨🏽‍💻 🇹🇷🇹🇷🇹🇷 🏴󠁧󠁢󠁳󠁣󠁴󠁿 and what follows is long enough for a second line 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
            })
    void bringsASubjectAsItWas(String subject) throws Exception {
        assertThat(decoded("Subject", HeaderText.unstructured("Subject", subject)))
                .isEqualTo(subject);
    }

    @Test
    void leavesPlainTextReadable() {
        assertThat(HeaderText.unstructured("Subject", "Your order (A-1)?")).isEqualTo("Your order (A-1)?");
        assertThat(HeaderText.mailbox("From", "Frontdesk", SHOP)).isEqualTo("Frontdesk <no-reply@mail.shop.example>");
        assertThat(HeaderText.mailbox("From", "Shop, \"the\" \\one\\", SHOP))
                .isEqualTo("\"Shop, \\\"the\\\" \\\\one\\\\\" <no-reply@mail.shop.example>");
        assertThat(HeaderText.mailbox("From", "", SHOP)).isEqualTo("no-reply@mail.shop.example");
    }

    @Test
    void breaksNoCharacterBetweenWords() {
        String family = "👩‍👩‍👧‍👦".repeat(20);

        String written = HeaderText.unstructured("Subject", family);

        assertThat(WORD.matcher(written).results()).hasSizeGreaterThan(5);
        assertThat(WORD.matcher(written).results().map(it -> strictly(it.group(1))))
                .allSatisfy(word -> assertThat(word).isNotEmpty());
    }

    private static String decoded(String field, String written) throws Exception {
        hasFoldedLines(field, written);
        return MimeUtility.decodeText(MimeUtility.unfold(written));
    }

    private static void hasFoldedLines(String field, String written) {
        String[] lines = (field + ": " + written).split("\r\n", -1);
        for (int i = 0; i < lines.length; i++) {
            assertThat(lines[i]).hasSizeLessThanOrEqualTo(76).matches("[\\x20-\\x7e]*");
            if (i > 0) {
                assertThat(lines[i]).matches(" \\S.*");
            }
        }
        for (var word : WORD.matcher(written).results().toList()) {
            assertThat(word.group()).hasSizeLessThanOrEqualTo(75);
            strictly(word.group(1));
        }
    }

    /** Each encoded word must consist of whole characters. */
    private static String strictly(String base64) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw new AssertionError(base64, broken);
        }
    }

    /** All except control characters and lone surrogates, which are never sent. */
    private static List<List<Integer>> characters() {
        var all = new ArrayList<List<Integer>>();
        var some = new ArrayList<Integer>();
        for (int i = ' '; i <= Character.MAX_CODE_POINT; i++) {
            int type = Character.getType(i);
            if (type != Character.CONTROL && type != Character.SURROGATE && type != Character.UNASSIGNED) {
                some.add(i);
            }
            boolean ends =
                    i == Character.MAX_CODE_POINT || Character.UnicodeBlock.of(i) != Character.UnicodeBlock.of(i + 1);
            if (some.size() == AT_ONCE || ends && !some.isEmpty()) {
                all.add(List.copyOf(some));
                some.clear();
            }
        }
        return all;
    }
}
