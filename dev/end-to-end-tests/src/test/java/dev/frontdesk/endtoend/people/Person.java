package dev.frontdesk.endtoend.people;

import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.stack.LocalStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A person who wants an account, with the data that they enter. */
public final class Person {

    public static final String REGISTER = "/api/v1/users/register";
    public static final String VERIFY = "/api/v1/users/verify-email";
    public static final String SESSIONS = "/api/v1/sessions";

    public static final String DEFAULT_TENANT = "default";

    private final LocalStack stack;
    private final Gateway gateway;
    private final Inbox inbox;
    private final Map<String, Object> form = new TreeMap<>();
    private final String tenant;

    private Person(LocalStack stack, String locale, String tenant) {
        this.stack = stack;
        this.tenant = tenant;
        this.gateway = new Gateway(stack.gatewayUrl());
        this.inbox = new Inbox(stack.inboxUrl());
        var unique = UUID.randomUUID().toString();
        form.put("email", "ada." + unique.substring(0, 13) + "@example.org");
        form.put("password", stack.mustNotTell("çok gizli " + unique.substring(14)));
        form.put("first_name", "Ada");
        form.put("last_name", "Işık");
        form.put("phone", "+905551234567");
        form.put("locale", locale);
    }

    /** @param locale BCP 47 */
    public static Person speaking(LocalStack stack, String locale) {
        return new Person(stack, locale, DEFAULT_TENANT);
    }

    /** A person with an account. */
    public static Person withAccount(LocalStack stack) {
        return withAccount(stack, DEFAULT_TENANT);
    }

    public static Person withAccount(LocalStack stack, String tenant) {
        var person = new Person(stack, "en", tenant);
        person.registers().expect(202);
        person.proves(person.mail().code()).expect(201);
        return person;
    }

    public String email() {
        return String.valueOf(form.get("email"));
    }

    public String password() {
        return String.valueOf(form.get("password"));
    }

    /** The body of the sign-up. */
    public String form() {
        return JsonMapper.shared().writeValueAsString(form);
    }

    public String formWithout(String field) {
        var changed = new TreeMap<>(form);
        changed.remove(field);
        return JsonMapper.shared().writeValueAsString(changed);
    }

    public String formWith(String field, Object value) {
        var changed = new TreeMap<>(form);
        changed.put(field, value);
        return JsonMapper.shared().writeValueAsString(changed);
    }

    public Answer registers(String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("X-Tenant-Id", tenant));
        return gateway.post(REGISTER, form(), all.toArray(String[]::new));
    }

    public Inbox.Mail mail() {
        var mail = inbox.mailTo(email());
        stack.mustNotTell(mail.code());
        return mail;
    }

    /** Waits for the newest mail with such a subject, once there are that many. */
    public Inbox.Mail mail(String subject, int mails) {
        return inbox.mailTo(email(), subject, mails);
    }

    /** The data that the person enters from now on. */
    public void changes(String field, String value) {
        form.put(field, value);
    }

    public Answer proves(String code) {
        return gateway.post(
                VERIFY,
                JsonMapper.shared().writeValueAsString(Map.of("email", email(), "code", code)),
                "X-Tenant-Id",
                tenant);
    }

    public Answer triesToLogIn() {
        return gateway.post(
                SESSIONS,
                JsonMapper.shared().writeValueAsString(Map.of("email", email(), "password", password())),
                "X-Tenant-Id",
                tenant);
    }

    public Session logsIn() {
        var opened = triesToLogIn().expect(201);
        stack.mustNotTell(opened.field("device_token"));
        return new Session(stack, gateway, stack.mustNotTell(opened.field("token")), opened.field("session_id"));
    }

    /** A device that was not used before. */
    public Browser opensABrowser() {
        return new Browser(stack, gateway, this);
    }
}
