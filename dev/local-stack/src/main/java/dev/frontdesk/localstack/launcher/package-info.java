/** The commands: up, down and status. */
@NullMarked
package dev.frontdesk.localstack.launcher;

import org.jspecify.annotations.NullMarked;
