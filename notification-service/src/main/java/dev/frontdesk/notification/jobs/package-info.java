/** Queue and store of all work that must not be lost: adding, claiming, attempts, completion, retention. */
@NullMarked
package dev.frontdesk.notification.jobs;

import org.jspecify.annotations.NullMarked;
