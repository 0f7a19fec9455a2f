package dev.frontdesk.testsupport.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.satisfied;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Rules about packages, so that each package is reported once instead of once per class. */
final class Packages {

    private static final Set<String> LAYERS =
            Set.of(("service services dto dtos util utils utility helper helpers impl controller controllers repository"
                            + " repositories dao daos entity entities model models domain common misc config configuration"
                            + " exception exceptions mapper mappers")
                    .split(" "));

    static final ClassesTransformer<JavaPackage> WITH_CODE = new AbstractClassesTransformer<>("packages") {
        @Override
        public Iterable<JavaPackage> doTransform(JavaClasses classes) {
            return classes.stream()
                    .map(JavaClass::getPackage)
                    .collect(toCollection(() -> new TreeSet<>(comparing(JavaPackage::getName))));
        }
    };

    static final ArchCondition<JavaPackage> NOT_BE_NAMED_AFTER_A_LAYER = condition(
            "not be named after a layer",
            it -> Stream.of(it.getName().split("\\.")).noneMatch(LAYERS::contains),
            "is named after a layer: name what it is about");

    static final ArchCondition<JavaPackage> BE_NULL_MARKED = condition(
            "be @NullMarked", it -> it.isAnnotatedWith(NullMarked.class), "has no package-info.java with @NullMarked");

    private Packages() {}

    private static ArchCondition<JavaPackage> condition(
            String description, Predicate<JavaPackage> holds, String complaint) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaPackage it, ConditionEvents events) {
                var message = "Package " + it.getName() + " " + complaint;
                events.add(holds.test(it) ? satisfied(it, message) : violated(it, message));
            }
        };
    }
}
