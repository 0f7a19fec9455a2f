package dev.frontdesk.endtoend.people;

import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.stack.LocalStack;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A person who is logged in on one device. */
public final class Session {

    public static final String TICKETS = "/api/v1/realtime/tickets";

    private final LocalStack stack;
    private final Gateway gateway;
    private final String token;
    private final String id;

    Session(LocalStack stack, Gateway gateway, String token, String id) {
        this.stack = stack;
        this.gateway = gateway;
        this.token = token;
        this.id = id;
    }

    public String id() {
        return id;
    }

    public String token() {
        return token;
    }

    public Answer list() {
        return gateway.get(Person.SESSIONS, authorization());
    }

    /** The same session with another token. */
    public Session refreshes() {
        var answer =
                gateway.post(Person.SESSIONS + "/refresh", "", authorization()).expect(200);
        return new Session(stack, gateway, stack.mustNotTell(answer.field("token")), id);
    }

    /** Opens one WebSocket once. */
    public String ticket() {
        var answer = gateway.post(TICKETS, "", authorization()).expect(201);
        return stack.mustNotTell(answer.field("ticket"));
    }

    public Socket socket(String ticket) {
        return Socket.open(gateway, ticket);
    }

    public Answer put(String path, byte[] body) {
        return gateway.put(path, body, authorization());
    }

    public Answer post(String path, Map<String, ?> body) {
        return gateway.post(path, JsonMapper.shared().writeValueAsString(body), authorization());
    }

    /** With a body, whatever the method. */
    public Answer send(String method, String path, Map<String, ?> body) {
        return gateway.send(
                method,
                path,
                JsonMapper.shared().writeValueAsBytes(body),
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + token);
    }

    public Answer get(String path) {
        return gateway.get(path, authorization());
    }

    public Answer delete(String path) {
        return gateway.delete(path, authorization());
    }

    public Answer logsOut() {
        return delete(Person.SESSIONS + "/current");
    }

    private String[] authorization() {
        return new String[] {"Authorization", "Bearer " + token};
    }
}
