package dev.frontdesk.notification.realtime;

import dev.frontdesk.kit.sockets.GuardedUpgrade;
import dev.frontdesk.kit.sockets.SocketLimits;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;

/** The route of sockets, and the limits of their upgrade. */
@Configuration(proxyBeanMethods = false)
class RealtimeRoutes implements WebFluxConfigurer {

    private static final int BEFORE_CONTROLLERS = -1;

    /** The maximum length of a message from a client, in bytes; a longer one closes the socket with 1009. */
    private static final int LONGEST_MESSAGE = 4096;

    private final SocketLimits limits;

    RealtimeRoutes(SocketLimits limits) {
        this.limits = limits;
    }

    @Bean
    HandlerMapping socketRoute(RealtimeHandler handler) {
        return new SimpleUrlHandlerMapping(Map.of("/ws", handler), BEFORE_CONTROLLERS);
    }

    @Override
    public WebSocketService getWebSocketService() {
        return new HandshakeWebSocketService(GuardedUpgrade.thatAnswersPings(limits, LONGEST_MESSAGE));
    }
}
