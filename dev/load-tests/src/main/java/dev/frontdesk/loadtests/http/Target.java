package dev.frontdesk.loadtests.http;

import java.util.Map;

/**
 * The installation under load, from the environment.
 *
 * @param gatewayUrl GATEWAY_URL
 * @param inboxUrl INBOX_URL, the page of the mail sink: accounts are opened with the codes in it
 * @param operatorKey OPERATOR_KEY, for the cache
 */
public record Target(String gatewayUrl, String inboxUrl, String operatorKey) {

    public static Target from(Map<String, String> environment) {
        return new Target(
                required(environment, "GATEWAY_URL"),
                required(environment, "INBOX_URL"),
                required(environment, "OPERATOR_KEY"));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    name + " is not set: the load needs GATEWAY_URL, INBOX_URL and OPERATOR_KEY");
        }
        return value;
    }

    @Override
    public String toString() {
        return gatewayUrl;
    }
}
