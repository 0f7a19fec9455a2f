package dev.frontdesk.registration.gateways;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.kit.web.LargerBodies;
import dev.frontdesk.registration.gateways.GatewayDocumentController.ChangeRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The requests of gateways may be larger than all others. */
@Configuration(proxyBeanMethods = false)
class GatewayDocumentsConfiguration {

    /** The content is a string in the request: each quote, backslash and line break in it takes two bytes there. */
    private static final int LARGEST_BODY = 2 * GatewayDocument.LONGEST + 64 * 1024;

    @Bean
    LargerBodies gatewayDocumentBodies(JsonMapper json) {
        return new LargerBodies(ChangeRequest.class, LARGEST_BODY, json);
    }
}
