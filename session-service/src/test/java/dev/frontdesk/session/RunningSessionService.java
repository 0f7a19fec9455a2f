package dev.frontdesk.session;

import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a port, with a stub for registration-service, a movable clock, and a visitor. */
@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "management.server.port=0")
@AutoConfigureWebTestClient(timeout = "10s")
@Import(RunningSessionService.Surroundings.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface RunningSessionService {

    @TestConfiguration(proxyBeanMethods = false)
    class Surroundings {

        @Bean
        MutableClock clock() {
            return MutableClock.at("2026-11-21T10:00:00Z");
        }

        @Bean(destroyMethod = "stop")
        RegistrationStub registration(JsonMapper json, IdentityAssertions assertions) {
            return new RegistrationStub(json, assertions);
        }

        @Bean
        DynamicPropertyRegistrar registrationAddress(RegistrationStub registration) {
            return properties -> properties.add("FRONTDESK_SERVICES_REGISTRATION", registration::url);
        }

        @Bean
        @Lazy
        GatewayStub edge(WebTestClient client, IdentityAssertions assertions) {
            return new GatewayStub(client, assertions);
        }
    }
}
