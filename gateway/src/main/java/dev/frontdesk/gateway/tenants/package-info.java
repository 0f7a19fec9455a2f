/** Which tenants exist, known to every gateway without a call per request. */
@NullMarked
package dev.frontdesk.gateway.tenants;

import org.jspecify.annotations.NullMarked;
