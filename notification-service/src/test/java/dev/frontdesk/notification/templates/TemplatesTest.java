package dev.frontdesk.notification.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.samskivert.mustache.MustacheException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    @Test
    void escapesInHtml() {
        var template =
                GuardedTemplate.html(Templates.source("mail/account.verification-requested", Language.ENGLISH, "html"));

        var html = template.render(Map.of("name", "<b>Eve</b> & \"'", "code", "123456", "minutes", 10));

        assertThat(html)
                .contains("Hello &lt;b&gt;Eve&lt;/b&gt; &amp; &quot;&#39;,")
                .doesNotContain("<b>Eve");
    }

    @Test
    void writesPlainTextAsItIs() {
        var template = Templates.text("mail/account.verification-requested");

        var text =
                template.render(Language.TURKISH, Map.of("name", "O'Neill & Şişli", "code", "123456", "minutes", 10));

        assertThat(text).contains("Merhaba O'Neill & Şişli,");
    }

    @Test
    void greetsWithoutAName() {
        var template = Templates.text("notification/account.verified");

        assertThat(template.render(Language.ENGLISH, Map.of("name", ""))).startsWith("Welcome!");
        assertThat(template.render(Language.TURKISH, Map.of("name", "Ayşe"))).startsWith("Hoş geldiniz, Ayşe!");
    }

    @Test
    void refusesAModelThatLacksSomething() {
        var template = Templates.text("mail/account.verification-requested");

        assertThatThrownBy(() -> template.render(Language.ENGLISH, Map.of("name", "Ayşe")))
                .isInstanceOf(MustacheException.class);
    }

    @Test
    void seesMapsOnly() {
        var reachingOut = Templates.compiler(false).compile("{{name.class}}{{name.bytes}}");

        assertThatThrownBy(() -> reachingOut.execute(Map.of("name", "Ayşe"))).isInstanceOf(MustacheException.class);
    }

    @Test
    void missesATemplateAtTheStart() {
        assertThatThrownBy(() -> Templates.text("mail/no-such-kind"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("mail/no-such-kind.en.txt");
    }
}
