/** Frontdesk's jobs compared with BullMQ's: added, processed, started when due; and mails. */
@NullMarked
package dev.frontdesk.loadtests.jobs;

import org.jspecify.annotations.NullMarked;
