@NullMarked
package dev.frontdesk.cache.nearcache;

import org.jspecify.annotations.NullMarked;
