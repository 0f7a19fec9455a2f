/** Jobs for workers outside: leased over HTTP, extended, completed, failed. */
@NullMarked
package dev.frontdesk.notification.queues.leases;

import org.jspecify.annotations.NullMarked;
