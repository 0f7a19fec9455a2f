/** What the stack keeps on disk between starts: who runs, on which ports, with which secrets. */
@NullMarked
package dev.frontdesk.localstack.state;

import org.jspecify.annotations.NullMarked;
