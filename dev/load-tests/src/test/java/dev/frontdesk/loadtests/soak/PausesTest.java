package dev.frontdesk.loadtests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PausesTest {

    @TempDir
    Path folder;

    @Test
    void findsTheLongestThatTheMeasurementDidNotAskFor() throws IOException {
        Path log = Files.writeString(folder.resolve("gc.log"), """
                [0.006s][info][gc] Using Serial
                [2.145s][info][gc] GC(7) Pause Young (Allocation Failure) 70M->39M(120M) 5.316ms
                [3.145s][info][gc] GC(8) Pause Full (Metadata GC Threshold) 70M->39M(120M) 61.500ms
                [4.145s][info][gc] GC(9) Pause Full (System.gc()) 70M->39M(120M) 90.100ms
                """);

        assertThat(Pauses.longest(log, 0)).isEqualTo(61.5);
        assertThat(Pauses.longest(log, Files.readString(log).indexOf("GC(9)"))).isZero();
    }

    @Test
    void isZeroWithoutAny() throws IOException {
        assertThat(Pauses.longest(Files.writeString(folder.resolve("gc.log"), "[0.006s][info][gc] Using Serial\n"), 0))
                .isZero();
    }
}
