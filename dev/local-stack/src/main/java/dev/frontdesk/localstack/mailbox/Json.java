package dev.frontdesk.localstack.mailbox;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes JSON: strings, objects and arrays are all that a mail needs. */
final class Json {

    private Json() {}

    static String of(Collection<Mail> mails) {
        return mails.stream().map(Json::of).collect(Collectors.joining(",\n", "[", "]\n"));
    }

    private static String of(Mail mail) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", quoted(mail.id()));
        fields.put("to", quoted(mail.to()));
        fields.put("subject", quoted(mail.subject()));
        fields.put("text", quoted(mail.text()));
        fields.put("html", quoted(mail.html()));
        Map<String, String> headers = new LinkedHashMap<>();
        mail.headers().forEach((name, value) -> headers.put(name, quoted(value)));
        fields.put("headers", object(headers));
        return object(fields);
    }

    private static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> quoted(field.getKey()) + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String value) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || Character.isSurrogate(c) && isAlone(value, i)) {
                        json.append("\\u%04x".formatted((int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }

    /** A lone surrogate cannot be written as UTF-8. */
    private static boolean isAlone(String value, int at) {
        boolean high = Character.isHighSurrogate(value.charAt(at));
        int partner = high ? at + 1 : at - 1;
        return partner < 0
                || partner >= value.length()
                || !(high
                        ? Character.isLowSurrogate(value.charAt(partner))
                        : Character.isHighSurrogate(value.charAt(partner)));
    }
}
