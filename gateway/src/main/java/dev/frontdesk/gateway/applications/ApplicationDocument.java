package dev.frontdesk.gateway.applications;

/**
 * An OpenAPI document that an application serves.
 *
 * @param route the id of its route
 * @param path at the gateway
 * @param open whether it can be read without a login
 */
public record ApplicationDocument(String route, String path, boolean open) {}
