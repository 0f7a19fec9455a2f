package dev.frontdesk.notification.emailtemplates;

import java.util.HashMap;
import java.util.Map;

/** Sample values in a preview for variables that only a real mail has. */
final class PreviewData {

    private static final Map<String, Object> VALUES = Map.of(
            "name", "Ayşe",
            "code", "123456",
            "link", "https://app.example/reset",
            "minutes", 10,
            "device", "Firefox, Linux",
            "time", "2026-11-21 10:01 UTC");

    private PreviewData() {}

    /** @param data data that the application would send */
    static Map<String, Object> with(Map<String, ?> data) {
        var model = new HashMap<String, Object>(VALUES);
        model.put("data", data);
        return model;
    }
}
