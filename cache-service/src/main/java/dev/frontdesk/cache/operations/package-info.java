/** Long-running operations: warm-ups of namespaces and large deletions, continued by another instance if one dies. */
@NullMarked
package dev.frontdesk.cache.operations;

import org.jspecify.annotations.NullMarked;
