package dev.frontdesk.notification.realtime;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;

/** Where sockets are opened. */
@Configuration(proxyBeanMethods = false)
class RealtimeRoutes implements WebFluxConfigurer {

    private static final int BEFORE_CONTROLLERS = -1;

    @Bean
    HandlerMapping socketRoute(RealtimeHandler handler) {
        return new SimpleUrlHandlerMapping(Map.of("/ws", handler), BEFORE_CONTROLLERS);
    }

    @Override
    public WebSocketService getWebSocketService() {
        return new HandshakeWebSocketService(new ChannelAwareUpgrade());
    }
}
