package dev.frontdesk.loadtests.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void measuresAllSectionsUnlessSomeAreNamed() {
        assertThat(Options.parse(List.of()).sections()).isEqualTo(Options.SECTIONS);

        var options = Options.parse(List.of("cache", "--compare", "gateway"));
        assertThat(options.sections()).containsExactly("cache", "gateway");
        assertThat(options.compare()).isTrue();
        assertThat(options.quick()).isFalse();
    }

    @Test
    void namesTheChoicesForAnArgumentThatIsNone() {
        assertThatThrownBy(() -> Options.parse(List.of("gatway")))
                .hasMessageContainingAll("gatway", "gateway", "--quick");
    }

    @Test
    void doesNotKeepFiguresOfAShortWarmUp() {
        assertThatThrownBy(() -> Options.parse(List.of("--quick", "--keep"))).hasMessageContaining("--quick");
    }
}
