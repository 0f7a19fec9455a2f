package dev.frontdesk.localstack.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessIdentityTest {

    @Test
    void knowsAProcessUntilItEnds() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElseThrow();
        assertThat(identity.isAlive()).isTrue();
        assertThat(ProcessIdentity.parse(identity.toString())).contains(identity);
        process.destroyForcibly().waitFor();
        assertThat(identity.isAlive()).isFalse();
        assertThat(ProcessIdentity.of(process.pid())).isEmpty();
    }

    @Test
    void isNotTakenInByAnotherProcessOfTheSameNumber() {
        ProcessIdentity self = ProcessIdentity.self();
        assertThat(self.isAlive()).isTrue();
        assertThat(new ProcessIdentity(self.pid(), "earlier").isAlive()).isFalse();
    }

    @Test
    void readsNothingFromNonsense() {
        assertThat(ProcessIdentity.parse("")).isEmpty();
        assertThat(ProcessIdentity.parse("x@1")).isEmpty();
    }

    /** In a container without an init process, a zombie may stay forever. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void treatsAZombieAsDead() throws Exception {
        // The shell becomes a sleep, which does not collect the shell's child.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & echo $!; exec sleep 60").start();
        try (BufferedReader said = parent.inputReader()) {
            long pid = Long.parseLong(said.readLine());
            Path stat = Path.of("/proc/" + pid + "/stat");
            await().until(() -> Files.readString(stat).contains(") Z "));
            assertThat(ProcessIdentity.of(pid)).isEmpty();
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }
}
