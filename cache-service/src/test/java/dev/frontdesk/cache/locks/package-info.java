@NullMarked
package dev.frontdesk.cache.locks;

import org.jspecify.annotations.NullMarked;
