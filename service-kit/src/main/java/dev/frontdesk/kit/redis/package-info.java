/** Redis: its address, connections that fail fast, keys, partitions and Lua scripts. */
@NullMarked
package dev.frontdesk.kit.redis;

import org.jspecify.annotations.NullMarked;
