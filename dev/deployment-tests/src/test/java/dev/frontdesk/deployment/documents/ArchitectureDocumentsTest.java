package dev.frontdesk.deployment.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.deployment.services.Repository;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables of packages in docs/architecture: every package is listed, with the packages of its module that it
 * imports.
 */
class ArchitectureDocumentsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\| .* \\|([^|]*)\\|$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @ParameterizedTest
    @CsvSource({
        "gateway,              gateway,      gateway.md",
        "registration-service, registration, registration-service.md",
        "session-service,      session,      session-service.md",
        "notification-service, notification, notification-service.md",
        "cache-service,        cache,        cache-service.md",
        "service-kit,          kit,          libraries.md",
        "shared-contracts,     contracts,    libraries.md",
    })
    void sayWhichPackagesThereAreAndWhatTheyUse(String module, String root, String document) {
        assertThat(documented(Repository.text("docs/architecture/" + document), module))
                .isEqualTo(imported(module, root));
    }

    private static SortedMap<String, Set<String>> documented(String text, String module) {
        int section = text.indexOf("\n## " + module + "\n");
        String part = section < 0 ? text : text.substring(section).split("\n## ", 3)[1];
        var packages = new TreeMap<String, Set<String>>();
        ROW.matcher(part)
                .results()
                .forEach(row -> packages.put(
                        row.group(1),
                        CODE.matcher(row.group(2))
                                .results()
                                .map(code -> code.group(1))
                                .collect(Collectors.toCollection(TreeSet::new))));
        return packages;
    }

    private static SortedMap<String, Set<String>> imported(String module, String root) {
        Path folder = Repository.ROOT
                .resolve(module)
                .resolve("src/main/java/dev/frontdesk")
                .resolve(root);
        var packages = new TreeMap<String, Set<String>>();
        for (Path file : Repository.filesIn(folder)) {
            String own = folder.relativize(file.getParent()).toString().replace('/', '.');
            if (!own.isEmpty()) {
                packages.computeIfAbsent(own, _ -> new TreeSet<>())
                        .addAll(importsOf(Repository.text(file), "dev.frontdesk." + root + ".", own));
            }
        }
        return packages;
    }

    private static Set<String> importsOf(String source, String root, String own) {
        return source.lines()
                .filter(line -> line.startsWith("import "))
                .map(line -> line.replaceFirst("^import (static )?", ""))
                .filter(name -> name.startsWith(root))
                .map(name -> packageOf(name.substring(root.length())))
                .filter(name -> !name.isEmpty() && !name.equals(own))
                .collect(Collectors.toSet());
    }

    /** @param name of a type or member, provided that types begin with a capital */
    private static String packageOf(String name) {
        return Arrays.stream(name.split("\\."))
                .takeWhile(part -> Character.isLowerCase(part.charAt(0)))
                .collect(Collectors.joining("."));
    }
}
