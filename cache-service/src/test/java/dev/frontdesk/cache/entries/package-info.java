@NullMarked
package dev.frontdesk.cache.entries;

import org.jspecify.annotations.NullMarked;
