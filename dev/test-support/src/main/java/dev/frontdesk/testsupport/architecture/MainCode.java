package dev.frontdesk.testsupport.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;

/** The compiled main classes below a package. */
final class MainCode {

    private MainCode() {}

    /**
     * @throws AssertionError if there is no class at all: over nothing every rule would hold, so a misspelt package
     *     would look like a clean one
     */
    static JavaClasses in(String rootPackage) {
        var classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages(rootPackage);
        if (classes.stream().allMatch(type -> type.getSimpleName().equals("package-info"))) {
            throw new AssertionError("No class in package " + rootPackage + ": is its name misspelt?");
        }
        return classes;
    }
}
