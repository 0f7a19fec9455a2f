/** The queue and ledger of all work that must not be lost: adding, claiming, attempts, ending, retention. */
@NullMarked
package dev.frontdesk.notification.jobs;

import org.jspecify.annotations.NullMarked;
