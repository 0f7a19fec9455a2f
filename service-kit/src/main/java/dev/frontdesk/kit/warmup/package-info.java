/** Requests that a service sends to itself before it is ready, so that its first real request is not the slowest. */
@NullMarked
package dev.frontdesk.kit.warmup;

import org.jspecify.annotations.NullMarked;
