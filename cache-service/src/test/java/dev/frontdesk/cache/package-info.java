@NullMarked
package dev.frontdesk.cache;

import org.jspecify.annotations.NullMarked;
