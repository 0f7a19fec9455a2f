package dev.frontdesk.loadtests.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFiguresTest {

    @TempDir
    private Path folder;

    @Test
    void readsWhatItHasWritten() {
        Path file = folder.resolve("edge").resolve("gateway.txt");
        var figures = List.of(
                Figure.of("stock_processor", 320.5, "us", 0).withSpread(0.021),
                Figure.of("gateway_processor", 641, "us", 320.5));

        KeptFigures.of("2026-11-29, a machine", figures).write(file);

        assertThat(file).hasContent("""
                # 2026-11-29, a machine
                FIGURE stock_processor 320.5 us - 2.1%
                FIGURE gateway_processor 641 us 2.00 0.0%""");
        var read = KeptFigures.read(file);
        assertThat(read.origin()).isEqualTo("2026-11-29, a machine");
        assertThat(read.figures().values()).containsExactlyElementsOf(figures);
    }

    @Test
    void hasNothingWithoutAFile() {
        assertThat(KeptFigures.read(folder.resolve("missing.txt")).figures()).isEmpty();
    }

    @Test
    void refusesAFileOfAnotherForm() throws IOException {
        Path file = Files.writeString(folder.resolve("other.txt"), "FIGURE stock 3\n");

        assertThatThrownBy(() -> KeptFigures.read(file)).hasMessageContaining("FIGURE stock 3");
    }

    @Test
    void marksOnlyChangesThatAreLargerThanTheRoundsDiffered() {
        var kept = KeptFigures.of(
                "before",
                List.of(
                        figure("much", 100, 0.02),
                        figure("little", 100, 0),
                        figure("unsteady", 100, 0.30),
                        figure("same", 0, 0)));

        assertThat(kept.compare(List.of(
                        figure("much", 80, 0.02),
                        figure("little", 104, 0),
                        figure("unsteady", 120, 0),
                        figure("same", 0, 0),
                        figure("new", 7, 0))))
                .extracting(line -> line.replaceAll(" +", " ").trim())
                .containsExactly(
                        "much 100 80 -20.0 % *",
                        "little 100 104 +4.0 %", "unsteady 100 120 +20.0 %", "same 0 0 +0.0 %", "new - 7");
    }

    private static Figure figure(String name, double value, double spread) {
        return Figure.of(name, value, "us", 0).withSpread(spread);
    }
}
