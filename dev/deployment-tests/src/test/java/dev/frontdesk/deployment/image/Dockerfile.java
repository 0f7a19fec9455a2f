package dev.frontdesk.deployment.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Dockerfile's instructions, one string each, with continued lines joined. */
record Dockerfile(String text) {

    private static final Set<String> BASES = Set.of("maven:3.9-eclipse-temurin-25", "eclipse-temurin:25-jre");
    private static final Pattern USER = Pattern.compile("USER [1-9]\\d*(:[1-9]\\d*)?");

    List<String> instructions() {
        String joined = text.lines()
                .filter(line -> !line.stripLeading().startsWith("#"))
                .collect(Collectors.joining("\n"));
        return Arrays.stream(joined.replaceAll("\\\\\n\\s*", " ").split("\n"))
                .filter(line -> !line.isBlank())
                .toList();
    }

    List<String> faults() {
        var faults = new ArrayList<String>();
        // It names its own syntax image, which a builder would have to download first.
        if (text.lines().anyMatch(line -> line.replace(" ", "").startsWith("#syntax="))) {
            faults.add("has a syntax line");
        }
        Set<String> stages = stages();
        starting("FROM ")
                .map(from -> from.split(" ")[1])
                .filter(base -> !BASES.contains(base) && !stages.contains(base))
                .forEach(base -> faults.add("is based on " + base));
        List<String> last = lastStage();
        if (last.stream()
                .filter(line -> line.startsWith("USER "))
                .reduce((_, later) -> later)
                .filter(user -> USER.matcher(user).matches())
                .isEmpty()) {
            faults.add("names no user by number");
        }
        if (last.stream().noneMatch(line -> line.startsWith("HEALTHCHECK ") && !line.equals("HEALTHCHECK NONE"))) {
            faults.add("has no healthcheck");
        }
        return faults;
    }

    /** The modules that Maven builds. */
    Set<String> modules() {
        return starting("RUN ")
                .filter(run -> run.contains("mvn "))
                .flatMap(run -> Pattern.compile("-pl\\s+(\\S+)")
                        .matcher(run)
                        .results()
                        .flatMap(projects -> Arrays.stream(projects.group(1).split(","))))
                .collect(Collectors.toSet());
    }

    /** Files and folders of the repository that are copied into the image. */
    Set<String> copied() {
        return starting("COPY ")
                .filter(copy -> !copy.contains("--from="))
                .flatMap(copy -> {
                    List<String> words = Arrays.stream(copy.split("\\s+"))
                            .skip(1)
                            .filter(word -> !word.startsWith("--"))
                            .toList();
                    return words.subList(0, words.size() - 1).stream();
                })
                .collect(Collectors.toSet());
    }

    private Set<String> stages() {
        return starting("FROM ")
                .map(from -> from.split(" "))
                .filter(words -> words.length == 4)
                .map(words -> words[3])
                .collect(Collectors.toSet());
    }

    private List<String> lastStage() {
        List<String> all = instructions();
        int last = all.lastIndexOf(starting("FROM ").reduce((_, later) -> later).orElseThrow());
        return all.subList(last, all.size());
    }

    private Stream<String> starting(String word) {
        return instructions().stream().filter(line -> line.startsWith(word));
    }
}
