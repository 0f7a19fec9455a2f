/** How each part becomes a process: its command, its environment, and how to tell that it is ready. */
@NullMarked
package dev.frontdesk.localstack.processes;

import org.jspecify.annotations.NullMarked;
