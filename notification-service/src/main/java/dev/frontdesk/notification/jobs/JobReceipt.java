package dev.frontdesk.notification.jobs;

import java.util.UUID;

/**
 * Confirms that a job is stored.
 *
 * @param fresh false if the key was known; {@code id} is then the id of the existing job with that key
 */
public record JobReceipt(UUID id, boolean fresh) {}
