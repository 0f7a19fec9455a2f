/** Where registration-service stores a copy of the tenants in Redis, and how it tells their changes. */
@NullMarked
package dev.frontdesk.kit.tenants;

import org.jspecify.annotations.NullMarked;
