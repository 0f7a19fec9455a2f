package dev.frontdesk.testsupport;

import dev.frontdesk.testsupport.architecture.HouseRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest implements HouseRules {

    /** All but one: which servers were chosen is printed, so that it is seen whatever a module does with its log. */
    @Override
    @TestFactory
    public Stream<DynamicTest> keepsTheHouseRules() {
        return HouseRules.super
                .keepsTheHouseRules()
                .filter(rule -> !rule.getDisplayName().startsWith("nothing prints"));
    }
}
