package dev.frontdesk.kit.sockets;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** For the services that have WebSockets. */
@AutoConfiguration
@EnableConfigurationProperties(SocketLimits.class)
public class SocketsAutoConfiguration {}
