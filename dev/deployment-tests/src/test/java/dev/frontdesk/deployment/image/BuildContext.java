package dev.frontdesk.deployment.image;

import java.util.List;

/**
 * The files that .dockerignore includes in the build context: the last matching line decides, and a folder includes all
 * below it.
 */
record BuildContext(List<String> lines) {

    static BuildContext of(String dockerignore) {
        return new BuildContext(dockerignore
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList());
    }

    boolean holds(String path) {
        boolean held = true;
        for (String line : lines) {
            boolean back = line.startsWith("!");
            if (fits(back ? line.substring(1) : line, path)) {
                held = back;
            }
        }
        return held;
    }

    private static boolean fits(String pattern, String path) {
        String expression = pattern.replace(".", "\\.").replace("**/", "(.+/)?").replaceAll("(?<![.+)])\\*", "[^/]*");
        return path.matches(expression + "(/.*)?");
    }
}
