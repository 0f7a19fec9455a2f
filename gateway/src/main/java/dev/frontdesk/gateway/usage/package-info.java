/** Counts the requests of tenants, their accounts and their API keys by hour and day, and shows them. */
@NullMarked
package dev.frontdesk.gateway.usage;

import org.jspecify.annotations.NullMarked;
