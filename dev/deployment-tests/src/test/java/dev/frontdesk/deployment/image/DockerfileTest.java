package dev.frontdesk.deployment.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.deployment.services.Repository;
import dev.frontdesk.deployment.services.Service;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTest {

    private final Dockerfile right = new Dockerfile(Repository.text("Dockerfile"));
    private final BuildContext context = BuildContext.of(Repository.text(".dockerignore"));

    @Test
    void isBuiltFromTheseImagesAndRunsAsANumberedUserWithAHealthcheck() {
        assertThat(right.faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    FROM maven:3.9-eclipse-temurin-25 | # syntax=docker/dockerfile:1\\nFROM maven:3.9-eclipse-temurin-25 | has a syntax line
                    eclipse-temurin:25-jre            | eclipse-temurin:latest   | is based on eclipse-temurin:latest
                    USER 10001:10001                  | USER frontdesk           | names no user by number
                    USER 10001:10001                  | USER 0                   | names no user by number
                    HEALTHCHECK                       | LABEL healthcheck=       | has no healthcheck
                    """, delimiter = '|')
    void seesWhatIsWrong(String piece, String mistake, String fault) {
        var wrong = new Dockerfile(right.text().replaceFirst(Pattern.quote(piece), mistake.replace("\\n", "\n")));

        assertThat(wrong.text()).isNotEqualTo(right.text());
        assertThat(wrong.faults()).containsExactly(fault);
    }

    /**
     * On a builder with 64 GB the heap would be too large for compressed pointers, and the cache useless in a
     * container.
     */
    @Test
    void trainsWithTheHeapOfAContainer() {
        assertThat(Repository.text("docker/train").lines().filter(line -> line.contains("-XX:AOTCacheOutput=")))
                .isNotEmpty()
                .allMatch(line -> line.contains("java @/app/jvm.options -Xmx256m "));
    }

    @Test
    void buildsAllFiveServices() {
        assertThat(right.modules())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Service.values()).map(Service::title).toList());
    }

    @Test
    void copiesWhatIsThere() {
        assertThat(right.copied()).isNotEmpty().allSatisfy(path -> {
            assertThat(Repository.ROOT.resolve(path)).exists();
            assertThat(path.equals(".") || context.holds(path)).isTrue();
        });
    }

    /** Maven reads the pom of every module before it builds one. */
    @Test
    void theBuilderSeesEveryModule() {
        assertThat(modules()).isNotEmpty().allSatisfy(module -> {
            assertThat(context.holds(module + "/pom.xml")).as(module).isTrue();
            assertThat(context.holds(module + "/src/main/java/A.java"))
                    .as(module)
                    .isTrue();
        });
    }

    @Test
    void theBuilderNeedsNoScriptAndCanCompileInsideMaven() {
        assertThat(right.text()).contains("-Dexec.skip=true");
        assertThat(context.holds(".mvn/jvm.config")).isTrue();
    }

    @Test
    void theBuilderSeesNoSecretAndNoTest() {
        for (String hidden :
                List.of(".env", ".git/config", ".frontdesk/secrets.properties", "k8s/overlays/local/secrets.env")) {
            assertThat(context.holds(hidden)).as(hidden).isFalse();
        }
        assertThat(context.holds("gateway/src/test/java/A.java")).isFalse();
        assertThat(context.holds("gateway/target/gateway.jar")).isFalse();
    }

    @Test
    void seesAModuleThatTheBuilderWouldMiss() {
        assertThat(BuildContext.of("*\n!pom.xml\n!*/pom.xml").holds("dev/local-stack/pom.xml"))
                .isFalse();
        assertThat(BuildContext.of("**/target").holds("gateway/target/x.jar")).isFalse();
        assertThat(BuildContext.of("**/target").holds("gateway/src/main/java/A.java"))
                .isTrue();
    }

    private static List<String> modules() {
        List<String> modules = Pattern.compile("<module>(.*?)</module>")
                .matcher(Repository.text("pom.xml"))
                .results()
                .map((MatchResult module) -> module.group(1))
                .toList();
        assertThat(modules).allMatch(module -> Files.exists(Repository.ROOT.resolve(module)));
        return modules;
    }
}
