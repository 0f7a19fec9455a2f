package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.access.Audience;
import java.util.HashMap;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** For the endpoints that only tests have. */
@Configuration(proxyBeanMethods = false)
public class TestPermissions {

    @Bean
    Permissions permissions() {
        var audiences = new HashMap<String, Audience>();
        for (String open : List.of(
                "GET /anyone",
                "GET /cold",
                "POST /cold",
                "GET /shelf/{book}",
                "GET /direct/{book}",
                "GET /quick",
                "GET /slow",
                "POST /orders",
                "GET /orders/{id}",
                "GET /failures/{kind}")) {
            audiences.put(open, Audience.EVERYONE);
        }
        audiences.put("GET /accounts", Audience.ACCOUNTS);
        audiences.put("GET /guarded", Audience.ACCOUNTS);
        audiences.put("GET /direct", Audience.ACCOUNTS);
        audiences.put("GET /operators", Audience.OPERATORS);
        audiences.put("GET /internal/services", Audience.SERVICES);
        audiences.put("GET /internal/health", Audience.SERVICES);
        return new Permissions(audiences);
    }
}
