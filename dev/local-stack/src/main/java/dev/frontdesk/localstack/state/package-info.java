/** What the stack stores on disk between starts: running processes, their ports, and secrets. */
@NullMarked
package dev.frontdesk.localstack.state;

import org.jspecify.annotations.NullMarked;
