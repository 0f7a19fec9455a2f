/** Who calls: tenants and roles, in the words that every service shares. */
@NullMarked
package dev.frontdesk.contracts.identity;

import org.jspecify.annotations.NullMarked;
