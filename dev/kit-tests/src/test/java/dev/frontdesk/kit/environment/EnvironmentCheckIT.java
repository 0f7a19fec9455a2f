package dev.frontdesk.kit.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.kit.KitApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("asserts what the whole JVM prints")
class EnvironmentCheckIT {

    @Test
    void stopsBeforeAnyBeanIsCreatedAndLogsTheReason(CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(KitApplication.class, "--frontdesk.env=No Name"))
                .isInstanceOf(InvalidEnvironmentException.class);

        assertThat(output)
                .contains("kit can't start with this environment: FRONTDESK_ENV must be 1 to 32 characters of a-z,"
                        + " 0-9 and -.")
                .contains("docs/configuration.md")
                .doesNotContain("No Name")
                .doesNotContain("\tat ");
    }
}
