package dev.frontdesk.notification.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.samskivert.mustache.MustacheException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedTemplateTest {

    @Test
    void fillsIn() {
        var template = GuardedTemplate.text(
                "Hello {{name}}!{{! a comment }}{{#data.items}} {{-index}} {{title}}{{#cheap}}*{{/cheap}}{{/data.items}}");

        assertThat(template.names()).containsExactlyInAnyOrder("name", "data.items");
        assertThat(template.render(Map.of(
                        "name",
                        "Ada",
                        "data",
                        Map.of(
                                "items",
                                List.of(
                                        Map.of("title", "tea", "cheap", true),
                                        Map.of("title", "cake", "cheap", false))))))
                .isEqualTo("Hello Ada! 1 tea* 2 cake");
    }

    @Test
    void whatIsFilledInIsNoTemplate() {
        var text = GuardedTemplate.text("{{name}}");
        var html = GuardedTemplate.html("<p>{{name}}</p>");
        var evil = Map.of("name", "{{code}}{{{code}}}<script>", "code", "123456");

        assertThat(text.render(evil)).isEqualTo("{{code}}{{{code}}}<script>");
        assertThat(html.render(evil)).contains("&lt;script&gt;").doesNotContain("123456");
    }

    @Test
    void fillsOurPage() {
        var template = GuardedTemplate.html("{{<mail/layout}}{{$title}}{{name}}{{/title}}{{/mail/layout}}");

        assertThat(template.names()).containsExactly("name");
        assertThat(template.render(Map.of("name", "<Ada>"))).contains("<title>&lt;Ada&gt;</title>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{{name}}}",
                "{{&name}}",
                "{{& name}}",
                "{{ &name}}",
                "{{ {name} }}",
                "{{=<% %>=}}<%& name%>",
                "{{ =| |= }}",
                "{{>/etc/passwd}}",
                "{{>mail/account.verification-requested.en}}",
                "{{<mail/other}}{{/mail/other}}",
                "{{#name}}",
                "{{/name}}",
                "{{#a}}{{#b}}{{/a}}{{/b}}",
                "{{",
                "{{}}",
                "{{name",
                "{{name.class.forName('x')}}",
                "{{na me}}",
                "{{.}}",
                "{{this}}",
                "{{a.b.c.d.e.f}}",
                "{{name\r\nBcc: eve@example.org}}",
                "{{ ! {{{name}}}",
                "{{ ! {{{data.h}}}",
                "{{ ! {{=( )=}}",
                "{{ ! {{#name}}",
                "{{ !name}}",
                "{{! {{name}} }}",
                "{{! a } b }}",
                "{{ #name}}{{/name}}",
                "{{ =( )=}}",
                "{{\tname}}",
                "{{\u2003name}}",
                "{{#name}}{{>mail/layout}}{{/name}}"
            })
    void refusesWhatIsMoreThanATemplate(String source) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuardedTemplate.html(source))
                .withMessageStartingWith("is not a valid template");
        assertThatIllegalArgumentException().isThrownBy(() -> GuardedTemplate.text(source));
    }

    @Test
    void saysWhereItWentWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuardedTemplate.text("one\ntwo\n{{{three}}}"))
                .withMessage("is not a valid template, line 3: unescaped values are not allowed: write {{name}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{#name}}", "{{#data.l}}{{#.}}", "{{ ! {{#name}}", "{{$name}}"})
    void refusesSectionsWithoutEnd(String deeper) {
        assertThatIllegalArgumentException().isThrownBy(() -> GuardedTemplate.text(deeper.repeat(2_000)));
    }

    @Test
    void refusesSectionsWithoutEndInTagsOfAnotherForm() {
        var hidden = "{{ ! {{=( )=}}" + "(#data)".repeat(2_850) + "(/data)".repeat(2_850);

        assertThatIllegalArgumentException().isThrownBy(() -> GuardedTemplate.html(hidden));
    }

    @Test
    void takesEightSectionsWithinOneAnother() {
        assertThat(GuardedTemplate.text(nested(8)).render(Map.of("name", "Ada")))
                .isEqualTo("x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuardedTemplate.text(nested(9)))
                .withMessage("is not a valid template, line 1: more than 8 nested sections");
    }

    private static String nested(int sections) {
        return "{{#name}}".repeat(sections) + "x" + "{{/name}}".repeat(sections);
    }

    @Test
    void refusesTagsWithoutEnd() {
        var many = "{{#data.l}}{{#data.l}}" + "{{.}}".repeat(3_900) + "{{/data.l}}{{/data.l}}";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuardedTemplate.html(many))
                .withMessage("is not a valid template, line 1: more than 500 tags");
    }

    @Test
    void seesNothingOfJava() {
        var template = GuardedTemplate.text("{{name.class}}");

        assertThatThrownBy(() -> template.render(Map.of("name", "Ada"))).isInstanceOf(MustacheException.class);
    }

    @Test
    void showsNoWholeMapAndNoWholeList() {
        Map<String, Object> given = Map.of("data", Map.of("all", Map.of("a", "b"), "list", List.of(Map.of("c", "d"))));

        for (String source : List.of("{{data.all}}", "{{data.list}}", "{{#data.list}}{{.}}{{/data.list}}")) {
            assertThatThrownBy(() -> GuardedTemplate.text(source).render(given))
                    .as(source)
                    .isInstanceOf(NoTextException.class);
        }
        assertThat(GuardedTemplate.text("{{#data.list}}{{c}}{{/data.list}}").render(given))
                .isEqualTo("d");
    }

    @Test
    void stopsAfterTooManySteps() {
        var many = Collections.nCopies(2_000, "");
        var template = GuardedTemplate.text(
                "{{#data.l}}{{#data.l}}{{#data.l}}{{#data.l}}{{.}}{{/data.l}}{{/data.l}}{{/data.l}}{{/data.l}}");

        assertThatThrownBy(() -> template.render(Map.of("data", Map.of("l", many))))
                .isInstanceOf(RenderingBudgetExceeded.class);
        var empty = GuardedTemplate.text("{{#data.l}}{{#data.l}}{{/data.l}}{{/data.l}}");
        assertThatThrownBy(() -> empty.render(Map.of("data", Map.of("l", many))))
                .isInstanceOf(RenderingBudgetExceeded.class);
    }

    @Test
    void stopsAfterTooMuchText() {
        var template = GuardedTemplate.text("{{#data.l}}" + "x".repeat(15_000) + "{{/data.l}}");

        assertThatThrownBy(() -> template.render(Map.of("data", Map.of("l", Collections.nCopies(100, "")))))
                .isInstanceOf(RenderingBudgetExceeded.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{.}}", "{{-index}}", "{{^-last}}{{/-last}}", "{{#.}}{{/.}}", "{{#this}}{{/this}}"})
    void countsWhatIsDoneForEachElementAlsoWhereItWritesNothing(String tag) {
        var source = "{{#data.l}}" + tag.repeat(200) + "{{/data.l}}";
        var model = Map.of("data", Map.of("l", Collections.nCopies(5_000, "")));

        for (var template : List.of(GuardedTemplate.text(source), GuardedTemplate.html(source))) {
            assertThatThrownBy(() -> template.render(model)).isInstanceOf(RenderingBudgetExceeded.class);
        }
    }

    @Test
    void walksNoMaps() {
        var template =
                GuardedTemplate.text("[{{#data.entrySet}}{{#data.entrySet}}x{{/data.entrySet}}{{/data.entrySet}}]");

        assertThat(template.render(Map.of("data", Map.of("a", "b")))).isEqualTo("[]");
    }

    @Test
    void writesAMailAsLongAsMailsAre() {
        var item = Map.of("title", "tea", "price", 5, "tax", 1, "sum", 6);
        var template = GuardedTemplate.html("{{<mail/layout}}{{$content}}{{#data.items}}<p>{{title}} {{price}}"
                + " {{tax}} {{sum}}</p>{{^-last}}<hr>{{/-last}}{{/data.items}}{{/content}}{{/mail/layout}}");

        assertThat(template.render(Map.of("data", Map.of("items", Collections.nCopies(300, item)))))
                .contains("<p>tea 5 1 6</p><hr><p>tea 5 1 6</p>");
    }

    @Test
    void endsWhereAModelIsTooDeep() {
        Map<String, Object> deep = Map.of();
        for (int i = 0; i < 100_000; i++) {
            deep = Map.of("a", deep);
        }
        var model = Map.of("data", deep);
        var template = GuardedTemplate.text("Hello");

        assertThatThrownBy(() -> template.render(model)).isInstanceOf(RenderingBudgetExceeded.class);
    }

    @Test
    void anElementThatIsNothingHasNoNames() {
        var template = GuardedTemplate.text("{{#data.l}}{{title}}{{/data.l}}");
        var model = Map.of("data", Map.of("l", Collections.singletonList(null)));

        assertThatThrownBy(() -> template.render(model)).isInstanceOf(MustacheException.Context.class);
    }
}
