package dev.frontdesk.testsupport.architecture;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Implemented by one test class per module, in the module's root package: each house rule then is a test of that
 * module. The rules check main code only.
 */
public interface HouseRules {

    /** The package whose direct sub-packages are the module's features. */
    default String rootPackage() {
        return getClass().getPackageName();
    }

    @TestFactory
    default Stream<DynamicTest> keepsTheHouseRules() {
        var code = MainCode.in(rootPackage());
        return ArchitectureRules.of(rootPackage()).stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getDescription(), () -> rule.allowEmptyShould(true).check(code)));
    }
}
