/** Requests as a client sends them, each exactly once. */
@NullMarked
package dev.frontdesk.loadtests.http;

import org.jspecify.annotations.NullMarked;
