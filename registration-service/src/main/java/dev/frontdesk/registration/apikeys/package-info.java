/** The API keys of tenants. */
@NullMarked
package dev.frontdesk.registration.apikeys;

import org.jspecify.annotations.NullMarked;
