package dev.frontdesk.gateway.urls;

import dev.frontdesk.kit.connections.TargetRewrite;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Replaces a URL that contains a secret with a fixed path as soon as the request is received, so that the access log,
 * spans and the response never contain the secret. After {@link UnreadableUrlMasking}, which normalizes.
 */
@Component
@Order(2)
final class SecretUrlMasking implements TargetRewrite {

    static final String PATH = "/token-in-url";

    @Override
    public String rewrite(String target) {
        return UrlSecrets.areIn(target) ? PATH : target;
    }
}
