/** Requests whose URL holds a secret, refused before anything writes the URL down. */
@NullMarked
package dev.frontdesk.gateway.urls;

import org.jspecify.annotations.NullMarked;
