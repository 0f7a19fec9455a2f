/** Frontdesk's jobs next to BullMQ's: added, processed, begun when due; and mails. */
@NullMarked
package dev.frontdesk.loadtests.jobs;

import org.jspecify.annotations.NullMarked;
