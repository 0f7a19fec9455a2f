package dev.frontdesk.testsupport.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Every house rule that bytecode can show; this module's own tests see each of them fail once. */
final class ArchitectureRules {

    private ArchitectureRules() {}

    static List<ArchRule> of(String rootPackage) {
        return List.of(
                featuresAreFreeOfCycles(rootPackage),
                nothingBlocks(),
                noRedisCommandWalksTheWholeDatabase(),
                onlyTheKitKnowsReactorKafka(),
                contractsKnowNoFramework(),
                packagesAreFeatures(),
                packagesAreNullMarked(),
                implementationsNameTheirDifference(),
                fieldsAreNotInjected(),
                nothingPrints());
    }

    static ArchRule featuresAreFreeOfCycles(String rootPackage) {
        return slices().matching(rootPackage + ".(*)..")
                .should()
                .beFreeOfCycles()
                .as("features of " + rootPackage + " do not depend on each other in a circle")
                .because("a feature that cannot be read alone is not a feature");
    }

    static ArchRule nothingBlocks() {
        return noClasses()
                .should(accessTargetWhere(target(Calls.BLOCK_THE_THREAD)))
                .as("nothing blocks a thread")
                .because("an event loop that waits makes everyone wait");
    }

    static ArchRule noRedisCommandWalksTheWholeDatabase() {
        return noClasses()
                .should(accessTargetWhere(target(Calls.WALK_OR_EMPTY_REDIS)))
                .as("no Redis command walks or empties the whole database")
                .because("KEYS and FLUSH* stop a shared Redis for everyone: SCAN, or an index of one's own");
    }

    static ArchRule onlyTheKitKnowsReactorKafka() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("dev.frontdesk.kit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("reactor.kafka..")
                .as("only service-kit knows reactor-kafka")
                .because("that library is discontinued, and must be replaceable in one place");
    }

    static ArchRule contractsKnowNoFramework() {
        return noClasses()
                .that()
                .resideInAPackage("dev.frontdesk.contracts..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "reactor..",
                        "org.reactivestreams..",
                        "io.lettuce..",
                        "org.apache.kafka..",
                        "io.netty..")
                .as("shared-contracts knows no framework")
                .because("what crosses a service border outlives what either side is built with");
    }

    static ArchRule packagesAreFeatures() {
        return all(Packages.WITH_CODE)
                .should(Packages.NOT_BE_NAMED_AFTER_A_LAYER)
                .as("packages are features, not layers");
    }

    static ArchRule packagesAreNullMarked() {
        return all(Packages.WITH_CODE)
                .should(Packages.BE_NULL_MARKED)
                .as("packages are @NullMarked")
                .because("NullAway checks nothing elsewhere");
    }

    static ArchRule implementationsNameTheirDifference() {
        return noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .as("no class is named ...Impl")
                .because("the name says what is different: RedisSessions, CachedSessions");
    }

    static ArchRule fieldsAreNotInjected() {
        return noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("jakarta.annotation.Resource")
                .as("fields are not injected")
                .because("a constructor says what an object needs, to tests as well");
    }

    static ArchRule nothingPrints() {
        return noClasses()
                .should(ACCESS_STANDARD_STREAMS)
                .as("nothing prints to standard output or error")
                .because("what is worth saying is logged, with its trace");
    }
}
