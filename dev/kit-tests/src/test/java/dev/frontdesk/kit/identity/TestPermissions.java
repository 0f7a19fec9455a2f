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
        var permissions = new HashMap<String, Permission>();
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
            permissions.put(open, Permission.of(Audience.EVERYONE));
        }
        permissions.put("GET /accounts", Permission.of(Audience.ACCOUNTS));
        permissions.put("GET /guarded", Permission.of(Audience.ACCOUNTS));
        permissions.put("GET /direct", Permission.of(Audience.ACCOUNTS));
        permissions.put("GET /operators", Permission.of(Audience.OPERATORS));
        permissions.put("GET /internal/services", Permission.of(Audience.SERVICES));
        permissions.put("GET /internal/health", Permission.of(Audience.SERVICES));
        return new Permissions(permissions);
    }
}
