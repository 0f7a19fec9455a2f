/** Requests and answers, through the one door. */
@NullMarked
package dev.frontdesk.endtoend.http;

import org.jspecify.annotations.NullMarked;
