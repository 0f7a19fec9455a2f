@NullMarked
package dev.frontdesk.cache.widgets;

import org.jspecify.annotations.NullMarked;
