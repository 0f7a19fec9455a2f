package dev.frontdesk.gateway.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * The scripts and style sheets of the page. Their path has a version that changes with any of them, so that browsers may keep
 * them for ever.
 */
final class PageAssets {

    private static final MediaType SCRIPT = new MediaType("text", "javascript", UTF_8);
    private static final MediaType STYLE = new MediaType("text", "css", UTF_8);
    private static final MediaType TEXT = new MediaType("text", "plain", UTF_8);

    private final Map<String, StaticFile> files = new LinkedHashMap<>();
    private final String version;

    PageAssets() {
        add("swagger-ui.css", STYLE);
        add("documentation.css", STYLE);
        add("swagger-ui-bundle.js", SCRIPT);
        add("documentation.js", SCRIPT);
        // The bundle names this file as the place of its licences.
        add("swagger-ui-bundle.js.LICENSE.txt", TEXT);
        var digest = StaticFile.sha256();
        files.values().forEach(file -> digest.update(file.hash().getBytes(UTF_8)));
        version = HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }

    private void add(String name, MediaType type) {
        files.put(name, StaticFile.packed(name, type));
    }

    String pathOf(String name) {
        return "/docs/assets/" + version + "/" + name;
    }

    /** Null if there is no such file, or not in this version. */
    @Nullable StaticFile find(String wantedVersion, String name) {
        return version.equals(wantedVersion) ? files.get(name) : null;
    }
}
