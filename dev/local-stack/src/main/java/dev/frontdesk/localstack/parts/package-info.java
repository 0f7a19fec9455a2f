/** What the stack consists of, and on which ports. */
@NullMarked
package dev.frontdesk.localstack.parts;

import org.jspecify.annotations.NullMarked;
