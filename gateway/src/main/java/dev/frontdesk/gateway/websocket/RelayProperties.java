package dev.frontdesk.gateway.websocket;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param openWithin how long the service may take to open its side of a socket */
@ConfigurationProperties("frontdesk.gateway.websocket")
record RelayProperties(@DefaultValue("3s") Duration openWithin) {}
