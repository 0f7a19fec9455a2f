package dev.frontdesk.testsupport.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureRulesTest {

    private static final String HERE = "dev.frontdesk.testsupport.architecture";

    static Stream<Arguments> wrongs() {
        return Stream.of(
                wrong(
                        ArchitectureRules.featuresAreFreeOfCycles(HERE + ".wrong.circle"),
                        HERE + ".wrong.circle",
                        "Slice orders",
                        "Slice payments"),
                wrong(
                        ArchitectureRules.nothingBlocks(),
                        HERE + ".wrong.blocking",
                        "Mono.block()",
                        "Mono.block(java.time.Duration)",
                        "Flux.blockFirst()",
                        "Flux.toIterable()",
                        "Flux.toStream()",
                        "Thread.sleep(long)",
                        "TimeUnit.sleep(long)"),
                wrong(
                        ArchitectureRules.noRedisCommandWalksTheWholeDatabase(),
                        HERE + ".wrong.redis",
                        "keysOfTemplate",
                        "keysOfLettuce",
                        "flushAll",
                        "flushDb"),
                wrong(ArchitectureRules.onlyTheKitKnowsReactorKafka(), HERE + ".wrong.reactorkafka", "Listens"),
                wrong(
                        ArchitectureRules.contractsKnowNoFramework(),
                        "dev.frontdesk.contracts.wrong",
                        "KnowsSpring",
                        "KnowsReactor",
                        "KnowsLettuce",
                        "KnowsKafka"),
                wrong(ArchitectureRules.packagesAreFeatures(), HERE + ".wrong.layers", "wrong.layers.service"),
                wrong(ArchitectureRules.packagesAreNullMarked(), HERE + ".wrong.notnullmarked", "wrong.notnullmarked"),
                wrong(ArchitectureRules.implementationsNameTheirDifference(), HERE + ".wrong.naming", "AccountsImpl"),
                wrong(
                        ArchitectureRules.fieldsAreNotInjected(),
                        HERE + ".wrong.injection",
                        "Injected.autowired",
                        "Injected.value"),
                wrong(
                        ArchitectureRules.nothingPrints(),
                        HERE + ".wrong.printing",
                        "Prints.out()",
                        "Prints.err()",
                        "Prints.trace("));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongs")
    void tellsEachWrong(ArchRule rule, String rootPackage, List<String> culprits) {
        var report = String.join(
                "\n", rule.evaluate(classesIn(rootPackage)).getFailureReport().getDetails());

        assertThat(report).contains(culprits);
    }

    @Test
    void hasAWrongForEveryRule() {
        assertThat(wrongs()).hasSameSizeAs(ArchitectureRules.of(HERE));
    }

    @ParameterizedTest
    @MethodSource("rights")
    void letsTheRightPass(String rootPackage) {
        var classes = classesIn(rootPackage);

        assertThat(ArchitectureRules.of(rootPackage))
                .allSatisfy(
                        rule -> assertThatCode(() -> rule.allowEmptyShould(true).check(classes))
                                .doesNotThrowAnyException());
    }

    static Stream<String> rights() {
        return Stream.of(HERE + ".right", "dev.frontdesk.contracts.right", "dev.frontdesk.kit.right");
    }

    private static Arguments wrong(ArchRule rule, String rootPackage, String... culprits) {
        return Arguments.of(rule, rootPackage, List.of(culprits));
    }

    private static JavaClasses classesIn(String rootPackage) {
        return new ClassFileImporter().importPackages(rootPackage);
    }
}
