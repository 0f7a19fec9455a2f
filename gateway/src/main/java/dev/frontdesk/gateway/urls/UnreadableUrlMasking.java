package dev.frontdesk.gateway.urls;

import dev.frontdesk.kit.connections.TargetRewrite;
import java.net.URI;
import java.net.URISyntaxException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Replaces a URL that cannot be parsed ({@code %zz}, a backslash, a raw brace) with a fixed path: Spring would refuse
 * it with an empty response before any of our filters runs. All other URLs are normalized ({@link PathNormalization}).
 */
@Component
@Order(1)
final class UnreadableUrlMasking implements TargetRewrite {

    static final String UNREADABLE = "/unreadable-url";

    /**
     * Characters, besides letters and digits, that are allowed in a path and a query (RFC 3986). Raw brackets, which
     * many clients send, are also allowed in a query.
     */
    private static final String ALLOWED = "-._~!$&'()*+,;=:@/?%";

    @Override
    public String rewrite(String target) {
        if (!isReadable(target)) {
            return UNREADABLE;
        }
        return target.indexOf('%') >= 0 ? PathNormalization.of(target) : target;
    }

    static boolean isReadable(String target) {
        return target.startsWith("/") ? hasOnlyAllowed(target) : isUri(target);
    }

    private static boolean hasOnlyAllowed(String target) {
        boolean inQuery = false;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            inQuery |= c == '?';
            if (!isAllowed(c, inQuery) || (c == '%' && !PathNormalization.isEncoded(target, i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c, boolean inQuery) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || ALLOWED.indexOf(c) >= 0
                || (inQuery && (c == '[' || c == ']'));
    }

    private static boolean isUri(String target) {
        try {
            var uri = new URI(target);
            return !target.isEmpty()
                    && !uri.isOpaque()
                    && uri.getRawFragment() == null
                    && uri.toASCIIString().equals(target);
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }
}
