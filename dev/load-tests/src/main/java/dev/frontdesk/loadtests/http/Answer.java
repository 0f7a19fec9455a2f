package dev.frontdesk.loadtests.http;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

public record Answer(int status, String body) {

    /** A field of the JSON object in the body. */
    public String field(String name) {
        JsonNode value = JsonMapper.shared().readTree(body).get(name);
        if (value == null) {
            throw new IllegalStateException("The answer has no " + name);
        }
        return value.asString();
    }
}
