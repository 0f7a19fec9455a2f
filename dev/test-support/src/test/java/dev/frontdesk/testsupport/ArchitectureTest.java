package dev.frontdesk.testsupport;

import dev.frontdesk.testsupport.architecture.HouseRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest implements HouseRules {

    /**
     * All rules but one: the choice of servers is printed, so that it is visible whatever a module does with its log.
     */
    @Override
    @TestFactory
    public Stream<DynamicTest> keepsTheHouseRules() {
        return HouseRules.super
                .keepsTheHouseRules()
                .filter(rule -> !rule.getDisplayName().startsWith("nothing prints"));
    }
}
