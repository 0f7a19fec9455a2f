/** Checks API keys of tenants: asks registration-service, caches the answers, and follows changes and revocations. */
@NullMarked
package dev.frontdesk.gateway.apikeys;

import org.jspecify.annotations.NullMarked;
