@NullMarked
package dev.frontdesk.kit.warmup;

import org.jspecify.annotations.NullMarked;
