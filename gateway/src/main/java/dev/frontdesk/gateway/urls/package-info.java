/** Refuses requests with a secret in the URL before any code logs the URL. */
@NullMarked
package dev.frontdesk.gateway.urls;

import org.jspecify.annotations.NullMarked;
