package dev.frontdesk.deployment.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.deployment.services.Repository;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Error Prone has the same access to javac inside Maven and in a process of its own. */
class JavacAccessTest {

    private static final Pattern IN_POM = Pattern.compile("<arg>-J(-\\S+)</arg>");

    @Test
    void isTheSameInBothWaysToCompile() {
        List<String> forked = IN_POM.matcher(Repository.text("pom.xml"))
                .results()
                .map(it -> it.group(1))
                .toList();

        assertThat(forked).isNotEmpty();
        assertThat(Repository.text(".mvn/jvm.config").lines()).containsExactlyInAnyOrderElementsOf(forked);
    }
}
