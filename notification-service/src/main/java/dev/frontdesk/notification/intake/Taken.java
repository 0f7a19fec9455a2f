package dev.frontdesk.notification.intake;

import java.util.UUID;

/**
 * It will be done, and its job says how far it is: {@code GET /api/v1/queues/{queue}/jobs/{id}}.
 *
 * @param id of the job
 */
record Taken(String queue, UUID id) {}
