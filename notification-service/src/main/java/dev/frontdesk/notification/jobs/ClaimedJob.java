package dev.frontdesk.notification.jobs;

import reactor.core.publisher.Mono;

/**
 * A claimed job and the work that it asks for.
 *
 * @param work does the job when it is subscribed to; it completes and fails as {@link JobHandler#handle} does, and may
 *     also fail with {@link AcceptedByReceiver}
 */
public record ClaimedJob(Job job, Mono<String> work) {}
