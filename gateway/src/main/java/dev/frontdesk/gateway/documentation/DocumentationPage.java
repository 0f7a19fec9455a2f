package dev.frontdesk.gateway.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.frontdesk.gateway.applications.ApplicationDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/** The HTML of the page. It has neither scripts nor styles of its own: those are assets. */
final class DocumentationPage {

    private static final MediaType HTML = new MediaType("text", "html", UTF_8);

    private final PageAssets assets;
    private final String events;

    /** The last one: most requests see the same routes. */
    private volatile @Nullable Rendered rendered;

    private record Rendered(List<ApplicationDocument> applications, StaticFile page) {}

    /** @param events an AsyncAPI document */
    DocumentationPage(PageAssets assets, JsonNode events) {
        this.assets = assets;
        this.events = EventsHtml.of(events);
    }

    /** @param applications whose documents are shown beside Frontdesk's */
    StaticFile with(List<ApplicationDocument> applications) {
        Rendered last = rendered;
        if (last == null || !last.applications().equals(applications)) {
            last = new Rendered(
                    applications, new StaticFile(HTML, render(applications).getBytes(UTF_8)));
            rendered = last;
        }
        return last.page();
    }

    private String render(List<ApplicationDocument> applications) {
        var html = new Html().append("<!DOCTYPE html>").open("html", "lang", "en");
        addHead(html);
        html.open("body").open("header").element("h1", "Frontdesk").open("nav", "aria-label", "Documents");
        html.element("a", "API", "href", "#api").element("a", "Events", "href", "#events");
        applications.forEach(it -> html.element("a", it.route(), "href", "#" + idOf(it)));
        html.close("nav", "header").open("main");
        html.open("section", "id", "api");
        html.open("p", "class", "note").text("Download ");
        addDownload(html, "/docs/openapi.yaml").text(" or ");
        addDownload(html, "/docs/openapi.json").close("p");
        addViewer(html, "/docs/openapi.yaml");
        html.close("section").open("section", "id", "events", "class", "events");
        html.open("p", "class", "note").text("Download ");
        addDownload(html, "/docs/asyncapi.yaml").close("p").append(events).close("section");
        applications.forEach(it -> addApplication(html, it));
        return html.close("main", "body", "html").toString();
    }

    private void addHead(Html html) {
        html.open("head").open("meta", "charset", "utf-8");
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.element("title", "Frontdesk: API and events");
        // Without it browsers ask for /favicon.ico.
        html.open("link", "rel", "icon", "href", "data:,");
        for (String name : List.of("swagger-ui.css", "documentation.css")) {
            html.open("link", "rel", "stylesheet", "href", assets.pathOf(name));
        }
        for (String name : List.of("swagger-ui-bundle.js", "documentation.js")) {
            html.element("script", "", "src", assets.pathOf(name), "defer", "");
        }
        html.close("head");
    }

    private static void addApplication(Html html, ApplicationDocument document) {
        html.open("section", "id", idOf(document)).open("p", "class", "note").text("Download ");
        addDownload(html, document.path());
        html.text(document.open() ? "" : ", which needs a login").close("p");
        addViewer(html, document.path());
        html.close("section");
    }

    private static String idOf(ApplicationDocument document) {
        return "app-" + document.route();
    }

    private static Html addDownload(Html html, String path) {
        return html.element("a", path.substring(path.lastIndexOf('/') + 1), "href", path);
    }

    private static void addViewer(Html html, String path) {
        html.open("noscript").element("p", "The viewer needs JavaScript.").close("noscript");
        html.open("div", "data-openapi", path).close("div");
    }
}
