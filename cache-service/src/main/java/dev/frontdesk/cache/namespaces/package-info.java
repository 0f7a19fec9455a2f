/** The settings of the namespaces of a tenant's cache. */
@NullMarked
package dev.frontdesk.cache.namespaces;

import org.jspecify.annotations.NullMarked;
