/** What caches of all services share. */
@NullMarked
package dev.frontdesk.kit.caching;

import org.jspecify.annotations.NullMarked;
