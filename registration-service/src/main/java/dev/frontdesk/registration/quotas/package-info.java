/** Reads quotas from requests. */
@NullMarked
package dev.frontdesk.registration.quotas;

import org.jspecify.annotations.NullMarked;
