package dev.frontdesk.loadtests.figures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void printsALineThatScriptsCanRead() {
        var out = new ByteArrayOutputStream();
        var figures = new Figures(new PrintStream(out, true, UTF_8));

        figures.figure("p99", 12.345, "ms", 6.1725);
        figures.figure("failed", 0, "requests", 0);
        figures.figure("sockets", 8, "sockets");

        assertThat(out.toString(UTF_8).lines())
                .containsExactly("FIGURE p99 12.3 ms 2.00", "FIGURE failed 0 requests -", "FIGURE sockets 8 sockets -");
    }
}
