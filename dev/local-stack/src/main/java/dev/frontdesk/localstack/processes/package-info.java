/** How each part becomes a process: its command, its environment, and its readiness check. */
@NullMarked
package dev.frontdesk.localstack.processes;

import org.jspecify.annotations.NullMarked;
