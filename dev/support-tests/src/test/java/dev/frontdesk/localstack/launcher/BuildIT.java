package dev.frontdesk.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.localstack.launcher.Checkout.Outcome;
import dev.frontdesk.localstack.parts.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What dev/up does before it starts a part. A port in use ends each run there. */
class BuildIT {

    private Checkout checkout;
    private ServerSocket taken;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = new Checkout();
        taken = new ServerSocket(checkout.ports.of(Port.GATEWAY), 1, InetAddress.getLoopbackAddress());
        Path source = checkout.root.resolve("gateway/src/main/Some.java");
        Files.createDirectories(source.resolveSibling(""));
        Files.writeString(source, "class Some {}");
        Files.writeString(checkout.root.resolve("pom.xml"), "<project/>");
    }

    @AfterEach
    void discard() throws IOException {
        taken.close();
        checkout.close();
    }

    @Test
    void buildsOnceAndAgainWhenASourceIsNewer() throws IOException {
        maven("echo called with \"$@\" on \"$JAVA_HOME\" >> calls");
        Outcome first = checkout.run("up");
        assertThat(first.output())
                .contains("Building gateway,", " (log: ", "Built in ", "port " + taken.getLocalPort());
        assertThat(calls()).contains("package").contains("gateway,registration-service,session-service");
        assertThat(calls().lines()).hasSize(1);

        assertThat(checkout.run("up").output()).doesNotContain("Building");
        assertThat(calls().lines()).hasSize(1);

        Files.setLastModifiedTime(
                checkout.root.resolve("gateway/src/main/Some.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(checkout.run("up").output()).contains("Building gateway (log: ");
        assertThat(calls().lines()).hasSize(2).last().asString().contains("-pl gateway -am");
    }

    @Test
    void buildsEverythingAgainWhenALibraryIsNewer() throws IOException {
        maven("echo called with \"$@\" >> calls");
        checkout.run("up");
        Path library = checkout.root.resolve("service-kit/src/main/Some.java");
        Files.createDirectories(library.resolveSibling(""));
        Files.writeString(library, "class Some {}");
        Files.setLastModifiedTime(library, FileTime.from(Instant.now().plusSeconds(5)));
        checkout.run("up");
        assertThat(calls().lines()).hasSize(2).last().asString().contains("-pl gateway,registration-service,");
    }

    @Test
    void buildsWhenAJarIsMissing() throws IOException {
        maven("echo called >> calls");
        checkout.run("up");
        Files.delete(checkout.root.resolve("cache-service/target/cache-service-0.1.0-SNAPSHOT-exec.jar"));
        checkout.run("up");
        assertThat(calls().lines()).hasSize(2);
    }

    @Test
    void buildsTheSampleApplicationOnlyOnRequest() throws IOException {
        maven("echo called with \"$@\" >> calls");
        checkout.run("up");
        assertThat(calls()).doesNotContain("dev/sample-application");
        Files.delete(checkout.root.resolve("dev/sample-application/target/sample-application-0.1.0-SNAPSHOT-exec.jar"));
        checkout.run("up");
        assertThat(calls().lines()).hasSize(1);
        checkout.run("up", "--sample");
        assertThat(calls().lines()).hasSize(2).last().asString().contains("-pl dev/sample-application -am");
    }

    @Test
    void showsTheEndOfABuildThatFails() throws IOException {
        maven("echo '[ERROR] Some.java:[1,1] does not compile'; exit 1");
        Outcome up = checkout.run("up");
        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.output())
                .contains("frontdesk: the build failed after ", "logs/build.log:", "Some.java:[1,1] does not compile")
                .doesNotContain("port " + taken.getLocalPort());
        assertThat(checkout.run("up").output()).contains("the build failed after ");
    }

    @Test
    void saysWhichJdkToInstall() throws IOException {
        Path script = checkout.root.resolve("dev/local-stack/scripts/common.bash");
        Files.writeString(script, Files.readString(script).replace("needed_jdk=25", "needed_jdk=99"));
        Outcome up = checkout.run("up");
        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.output().lines())
                .containsExactly("frontdesk: a JDK 99 or newer is needed: install one (for example Temurin 99),"
                        + " or point JAVA_HOME at it");
    }

    @Test
    void explainsItselfAndRefusesWhatItDoesNotKnow() {
        assertThat(checkout.run("up", "--help").output()).contains("--fresh", "--detach", "--no-build", "--sample");
        Outcome up = checkout.run("up", "--nonsense");
        assertThat(up.exit()).isEqualTo(2);
        assertThat(up.output()).contains("unknown option: --nonsense");
        assertThat(checkout.run("status", "--nonsense").exit()).isEqualTo(2);
    }

    private void maven(String does) throws IOException {
        Path folder = Files.createDirectories(checkout.root.resolve("bin"));
        Path mvn = folder.resolve("mvn");
        Files.writeString(mvn, "#!/bin/sh\n" + does + "\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        checkout.with("PATH", folder + ":" + System.getenv("PATH"));
    }

    private String calls() throws IOException {
        return Files.readString(checkout.root.resolve("calls"));
    }
}
