package dev.frontdesk.kit.sockets;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Configures the limits of services with WebSockets. */
@AutoConfiguration
@EnableConfigurationProperties(SocketLimits.class)
public class SocketsAutoConfiguration {}
