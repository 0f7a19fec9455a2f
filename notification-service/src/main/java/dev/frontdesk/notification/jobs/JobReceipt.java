package dev.frontdesk.notification.jobs;

import java.util.UUID;

/**
 * A job that is certain to be done.
 *
 * @param fresh false when its key was known: {@code id} is then the id of the job that has the key
 */
public record JobReceipt(UUID id, boolean fresh) {}
