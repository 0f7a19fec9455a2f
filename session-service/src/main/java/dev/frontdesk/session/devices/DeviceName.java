package dev.frontdesk.session.devices;

import dev.frontdesk.kit.values.TypedText;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a device in the owner's list of sessions: the name given at login, otherwise derived from the user agent.
 * It must not be shown anywhere else: someone who logs in with a stolen password can choose it.
 *
 * @param value at most 64 visible characters; empty when the client sent none
 */
public record DeviceName(String value) {

    private static final int LONGEST = 64;
    private static final TypedText RULE = TypedText.line(LONGEST);

    private static final Pattern PRODUCT = Pattern.compile("^([A-Za-z0-9][A-Za-z0-9 ._-]*)");

    /** Most browsers also claim to be others, so the first match counts. */
    private static final List<Map.Entry<String, String>> BROWSERS = List.of(
            Map.entry("Edg", "Edge"),
            Map.entry("OPR/", "Opera"),
            Map.entry("SamsungBrowser/", "Samsung Internet"),
            Map.entry("Firefox/", "Firefox"),
            Map.entry("FxiOS/", "Firefox"),
            Map.entry("Chrome/", "Chrome"),
            Map.entry("CriOS/", "Chrome"),
            Map.entry("Safari/", "Safari"));

    private static final List<Map.Entry<String, String>> SYSTEMS = List.of(
            Map.entry("Android", "Android"),
            Map.entry("iPhone", "iPhone"),
            Map.entry("iPad", "iPad"),
            Map.entry("Windows", "Windows"),
            Map.entry("Mac OS X", "macOS"),
            Map.entry("CrOS", "ChromeOS"),
            Map.entry("Linux", "Linux"));

    public DeviceName {
        value = value.isEmpty() ? value : RULE.read(value);
    }

    /**
     * @throws IllegalArgumentException with a message that does not contain the name; also for a name that is only
     *     spaces
     */
    public static DeviceName chosen(String name) {
        return new DeviceName(RULE.read(name));
    }

    /** "Firefox on Linux" if both are known; otherwise the browser alone, or the first product in the user agent. */
    public static DeviceName said(@Nullable String userAgent) {
        if (userAgent == null) {
            return new DeviceName("");
        }
        String browser = firstIn(userAgent, BROWSERS);
        String system = firstIn(userAgent, SYSTEMS);
        if (browser != null) {
            return new DeviceName(system == null ? browser : browser + " on " + system);
        }
        Matcher product = PRODUCT.matcher(userAgent);
        String name = product.find() ? product.group(1) : "";
        return new DeviceName(TypedText.shown(name, LONGEST));
    }

    private static @Nullable String firstIn(String userAgent, List<Map.Entry<String, String>> known) {
        for (var entry : known) {
            if (userAgent.contains(entry.getKey())) {
                return entry.getValue();
            }
        }
        return null;
    }
}
