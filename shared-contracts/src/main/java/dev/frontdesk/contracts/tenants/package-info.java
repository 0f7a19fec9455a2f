/** What services tell each other about tenants. */
@NullMarked
package dev.frontdesk.contracts.tenants;

import org.jspecify.annotations.NullMarked;
