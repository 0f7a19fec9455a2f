package dev.frontdesk.registration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The registration-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class RegistrationApplication {

    static void main(String[] args) {
        SpringApplication.run(RegistrationApplication.class, args);
    }
}
