package dev.frontdesk.localstack.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.parts.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void makeHome() {
        home = Home.at(folder.resolve("home"));
    }

    @Test
    void remembersWhoWasStartedAndWhere() {
        ProcessIdentity self = ProcessIdentity.self();
        StackState state = new StackState(Optional.of(self), Ports.from(Map.of("REDIS_PORT", "7000")), Map.of())
                .with(Part.REDIS, self)
                .with(Part.KAFKA, new ProcessIdentity(self.pid(), "earlier"));
        state.writeTo(home);

        StackState read = StackState.of(home).orElseThrow();
        assertThat(read).isEqualTo(state);
        assertThat(read.ports().of(Port.REDIS)).isEqualTo(7000);
        assertThat(read.alive()).containsOnlyKeys(Part.REDIS);
        assertThat(read.detached().launcher()).isEmpty();
    }

    @Test
    void isEmptyBeforeTheFirstStartAndAfterAnOrderlyStop() {
        assertThat(StackState.of(home)).isEmpty();
        new StackState(Optional.empty(), Ports.from(Map.of()), Map.of()).writeTo(home);
        assertThat(StackState.of(home)).isPresent();
        StackState.clear(home);
        assertThat(StackState.of(home)).isEmpty();
    }

    @Test
    void keepsItsSecretsForItsOwner() throws Exception {
        Secrets secrets = Secrets.of(home);
        assertThat(secrets.get(Secrets.OPERATOR_KEY)).matches("fdo_[A-Za-z0-9_-]{43}");
        assertThat(Base64.getDecoder().decode(secrets.get(Secrets.IDENTITY_KEY)))
                .hasSize(32);
        assertThat(secrets.get(Secrets.IDENTITY_KEY)).isNotEqualTo(secrets.get(Secrets.EVENTS_KEY));
        assertThat(Files.getPosixFilePermissions(home.secrets()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(home.folder()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Secrets.of(home).get(Secrets.REDIS_PASSWORD)).isEqualTo(secrets.get(Secrets.REDIS_PASSWORD));
    }

    @Test
    void makesASecretThatIsNewAndKeepsTheOthers() {
        PropertiesFile.write(home.secrets(), Map.of(Secrets.REDIS_PASSWORD, "old"));
        Secrets secrets = Secrets.of(home);
        assertThat(secrets.get(Secrets.REDIS_PASSWORD)).isEqualTo("old");
        assertThat(secrets.get(Secrets.POSTGRES_PASSWORD)).hasSize(32);
    }

    @Test
    void isHeldByOneAtATime() {
        Optional<StackLock> first = StackLock.tryTake(home);
        assertThat(first).isPresent();
        assertThat(StackLock.tryTake(home)).isEmpty();
        first.orElseThrow().close();
        Optional<StackLock> second = StackLock.tryTake(home);
        assertThat(second).isPresent();
        second.orElseThrow().close();
    }

    @Test
    void keepsTheLastLogBesideTheNewOne() throws Exception {
        Files.writeString(home.newLog(Part.CACHE), "first");
        Files.writeString(home.newLog(Part.CACHE), "second");
        assertThat(home.log(Part.CACHE)).hasContent("second");
        assertThat(home.log(Part.CACHE).resolveSibling("cache.previous.log")).hasContent("first");
    }
}
