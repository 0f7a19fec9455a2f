/** Redis keys, partitions and Lua scripts. */
@NullMarked
package dev.frontdesk.kit.redis;

import org.jspecify.annotations.NullMarked;
