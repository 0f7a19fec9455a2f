/** Jobs for external workers: leased, extended, completed and failed over HTTP. */
@NullMarked
package dev.frontdesk.notification.queues.leases;

import org.jspecify.annotations.NullMarked;
