@NullMarked
package dev.frontdesk.cache.origins;

import org.jspecify.annotations.NullMarked;
