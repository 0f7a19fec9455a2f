package dev.frontdesk.notification.reports;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportPropertiesTest {

    @Test
    void refusesToMailALinkThatLeadsNowhere() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> check(null, "ada@example.org"));
        assertThatCode(() -> check(null, null)).doesNotThrowAnyException();
        assertThatCode(() -> check(URI.create("https://shop.example/reports"), "ada@example.org"))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> check(URI.create("/reports"), null));
    }

    private static void check(@Nullable URI link, @Nullable String email) {
        var fields = new FieldReader();
        new ReportProperties(Duration.ofDays(7), link).checkMail(fields, email);
        fields.check();
    }
}
