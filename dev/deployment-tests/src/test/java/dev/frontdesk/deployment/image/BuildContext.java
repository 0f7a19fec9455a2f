package dev.frontdesk.deployment.image;

import java.util.List;

/** What .dockerignore lets a builder see: the last line that fits decides, and a folder stands for all below it. */
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
