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
                .as("features of " + rootPackage + " have no cycles")
                .because("features in a cycle can't be understood alone");
    }

    static ArchRule nothingBlocks() {
        return noClasses()
                .should(accessTargetWhere(target(Calls.BLOCK_THE_THREAD)))
                .as("nothing blocks a thread")
                .because("a blocked event loop delays all its requests");
    }

    static ArchRule noRedisCommandWalksTheWholeDatabase() {
        return noClasses()
                .should(accessTargetWhere(target(Calls.WALK_OR_EMPTY_REDIS)))
                .as("no Redis command walks or empties the whole database")
                .because("KEYS and FLUSH* block a shared Redis for all clients: use SCAN or an index");
    }

    static ArchRule onlyTheKitKnowsReactorKafka() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("dev.frontdesk.kit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("reactor.kafka..")
                .as("only service-kit uses reactor-kafka")
                .because("the library is discontinued and must be replaceable in one place");
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
                .as("shared-contracts uses no framework")
                .because("contracts outlive the frameworks of the services");
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
                .because("NullAway checks only such packages");
    }

    static ArchRule implementationsNameTheirDifference() {
        return noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .as("no class is named ...Impl")
                .because("the name must state the difference: RedisSessions, CachedSessions");
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
                .because("a constructor shows the dependencies of an object, also to tests");
    }

    static ArchRule nothingPrints() {
        return noClasses()
                .should(ACCESS_STANDARD_STREAMS)
                .as("nothing prints to standard output or error")
                .because("output belongs into the log, with its trace id");
    }
}
