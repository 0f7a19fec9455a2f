package dev.frontdesk.testsupport.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndOfJvmIT {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesNoServerBehind(boolean terminated) throws Exception {
        var jvm = anotherJvm();
        try (var output = new BufferedReader(new InputStreamReader(jvm.getInputStream(), UTF_8))) {
            var port = Integer.parseInt(output.lines()
                    .filter(line -> line.startsWith("port "))
                    .findFirst()
                    .orElseThrow()
                    .substring("port ".length()));
            assertThat(Greeting.isOpen("127.0.0.1", port)).isTrue();

            if (terminated) {
                jvm.destroy();
            } else {
                jvm.getOutputStream().close();
            }

            assertThat(jvm.waitFor(30, SECONDS)).isTrue();
            assertThat(Greeting.isOpen("127.0.0.1", port)).isFalse();
        } finally {
            jvm.destroyForcibly();
        }
    }

    private static Process anotherJvm() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path");
        return new ProcessBuilder(
                        List.of(java, "-Dfrontdesk.test.servers=embedded", "-cp", classPath, Starter.class.getName()))
                .redirectErrorStream(true)
                .start();
    }

    /** Starts a server, prints its port, and ends with its input. */
    static final class Starter {

        private Starter() {}

        public static void main(String[] arguments) throws IOException {
            var redis = TestServers.redis();
            redis.awaitAnswer();
            System.out.println("port " + redis.port());
            while (System.in.read() >= 0) {
                // There is no input; this waits for the end of the stream.
            }
        }
    }
}
