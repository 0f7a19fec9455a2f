/** API keys of tenants: their text, their scopes, and what services tell each other about them. */
@NullMarked
package dev.frontdesk.contracts.apikeys;

import org.jspecify.annotations.NullMarked;
