/** What is taken from a request's headers before anything reads them, and what every answer carries. */
@NullMarked
package dev.frontdesk.gateway.headers;

import org.jspecify.annotations.NullMarked;
