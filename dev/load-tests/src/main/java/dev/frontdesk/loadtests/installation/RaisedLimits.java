package dev.frontdesk.loadtests.installation;

import java.util.HashMap;
import java.util.Map;

/** Variables of a gateway that counts every request as shipped, but with limits that no measurement reaches. */
public final class RaisedLimits {

    private static final String REQUESTS = "1000000";
    private static final String WINDOW = "1000000000";

    public static final Map<String, String> VARIABLES = Map.of(
            "FRONTDESK_GATEWAY_LIMITS_ADDRESS_REFILL", REQUESTS,
            "FRONTDESK_GATEWAY_LIMITS_ADDRESS_CAPACITY", REQUESTS,
            "FRONTDESK_GATEWAY_LIMITS_ADDRESS_PERMINUTE", WINDOW,
            "FRONTDESK_GATEWAY_LIMITS_ACCOUNT_REFILL", REQUESTS,
            "FRONTDESK_GATEWAY_LIMITS_ACCOUNT_CAPACITY", REQUESTS,
            "FRONTDESK_GATEWAY_LIMITS_APIKEY_REFILL", REQUESTS,
            "FRONTDESK_GATEWAY_LIMITS_APIKEY_CAPACITY", REQUESTS,
            "FRONTDESK_GATEWAY_LIMITS_APIKEY_PERMINUTE", WINDOW,
            "FRONTDESK_GATEWAY_LIMITS_APIKEY_PERHOUR", WINDOW,
            "FRONTDESK_GATEWAY_LIMITS_APIKEY_PERDAY", WINDOW);

    private RaisedLimits() {}

    /** These and others. */
    public static Map<String, String> and(Map<String, String> others) {
        var variables = new HashMap<>(VARIABLES);
        variables.putAll(others);
        return variables;
    }
}
