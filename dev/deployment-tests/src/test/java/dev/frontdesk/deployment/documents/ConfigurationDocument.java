package dev.frontdesk.deployment.documents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * docs/configuration.md as a reader understands it: the heading of a table has the prefix of its names, `.capacity`
 * after `limits.address.refill` is short for a property with the same prefix, and the defaults are in the same order.
 */
final class ConfigurationDocument {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final TreeSet<String> variables = new TreeSet<>();
    private final Map<String, String> defaults = new TreeMap<>();

    ConfigurationDocument(String text) {
        String prefix = "";
        boolean properties = false;
        for (String line : text.lines().toList()) {
            if (!line.startsWith("|") || line.startsWith("|---")) {
                continue;
            }
            List<String> cells = Arrays.stream(line.substring(1).split("\\|"))
                    .map(String::strip)
                    .toList();
            if (cells.getFirst().startsWith("Property")) {
                properties = true;
                List<String> heading = codes(cells.getFirst());
                prefix = heading.isEmpty() ? "" : heading.getFirst().replace("…", "");
            } else if (cells.getFirst().startsWith("Variable")) {
                properties = false;
            } else if (properties) {
                addProperties(prefix, codes(cells.getFirst()), cells.get(1));
            } else {
                addVariables(codes(cells.getFirst()));
            }
        }
    }

    /** The variables of the first table. */
    TreeSet<String> variables() {
        return variables;
    }

    /** Each property with its documented default. */
    Map<String, String> defaults() {
        return defaults;
    }

    private void addProperties(String prefix, List<String> names, String cell) {
        List<String> values = Arrays.stream(cell.split(", ")).map(String::strip).toList();
        String first = names.getFirst();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).startsWith(".")
                    ? first.substring(0, first.lastIndexOf('.')) + names.get(i)
                    : names.get(i);
            // One value for several names is the same for all of them.
            defaults.put(prefix + name, values.get(Math.min(i, values.size() - 1)));
        }
    }

    private void addVariables(List<String> names) {
        String first = names.getFirst();
        for (String name : names) {
            variables.add(name.startsWith("…") ? first.substring(0, first.lastIndexOf('_')) + name.substring(1) : name);
        }
    }

    private static List<String> codes(String cell) {
        return new ArrayList<>(CODE.matcher(cell)
                .results()
                .map((MatchResult code) -> code.group(1))
                .toList());
    }
}
