@NullMarked
package dev.frontdesk.cache.namespaces;

import org.jspecify.annotations.NullMarked;
