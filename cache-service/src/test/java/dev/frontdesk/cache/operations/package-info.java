@NullMarked
package dev.frontdesk.cache.operations;

import org.jspecify.annotations.NullMarked;
