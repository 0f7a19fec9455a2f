/** The kernel's and the JVM's figures about a process, and processors of its own for it. */
@NullMarked
package dev.frontdesk.loadtests.machine;

import org.jspecify.annotations.NullMarked;
