package dev.frontdesk.endtoend.people;

import static java.util.stream.Collectors.joining;

import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.stack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Stores cookies as a browser does, and sends the requests of a page. */
public final class Browser {

    public static final String SESSION = "__Host-frontdesk-session";
    public static final String CSRF = "__Host-frontdesk-csrf";
    public static final String DEVICE = "__Host-frontdesk-device";

    private final LocalStack stack;
    private final Gateway gateway;
    private final Person person;
    private final Map<String, String> cookies = new TreeMap<>();

    Browser(LocalStack stack, Gateway gateway, Person person) {
        this.stack = stack;
        this.gateway = gateway;
        this.person = person;
    }

    /** Empty if there is none of this name. */
    public String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    public Answer logsIn(String origin) {
        var body = Map.of("email", person.email(), "password", person.password(), "transport", "cookie");
        return send("POST", Person.SESSIONS, JsonMapper.shared().writeValueAsString(body), "Origin", origin);
    }

    public Answer get(String path) {
        return send("GET", path, "");
    }

    /** From a page of this site, with all required headers. */
    public Answer sends(String method, String path) {
        return send(method, path, "", "Origin", origin(), "X-CSRF-Token", cookie(CSRF));
    }

    /** From a page of another site. */
    public Answer isMadeToSend(String method, String path) {
        return send(method, path, "", "Origin", "https://evil.example");
    }

    public String origin() {
        return gateway.url().toString();
    }

    private Answer send(String method, String path, String json, String... headers) {
        var all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        if (!cookies.isEmpty()) {
            all.add("Cookie");
            all.add(cookies.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(joining("; ")));
        }
        var answer = gateway.send(method, path, json.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
        answer.response().headers().allValues("Set-Cookie").forEach(this::keep);
        return answer;
    }

    private void keep(String setCookie) {
        String[] pair = setCookie.split(";", 2)[0].split("=", 2);
        if (setCookie.contains("; Max-Age=0;")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], stack.mustNotTell(pair[1]));
        }
    }
}
