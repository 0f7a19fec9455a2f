package dev.frontdesk.cache.widgets;

import dev.frontdesk.cache.entries.EntryName;
import dev.frontdesk.cache.names.NameRule;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Reads the id of a widget, which its client chooses, and names the entries of that widget. */
final class WidgetName {

    private static final NameRule ID = new NameRule("id", 512);

    private WidgetName() {}

    static EntryName state(ServerHttpRequest request, String id) {
        return EntryName.reserved("widget-state", ID.read(request, id));
    }

    static EntryName data(ServerHttpRequest request, String id) {
        return EntryName.reserved("widget-data", ID.read(request, id));
    }
}
