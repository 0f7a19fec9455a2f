/** The pages of docs/guides: tests cut their code out and run it. */
@NullMarked
package dev.frontdesk.endtoend.guides;

import org.jspecify.annotations.NullMarked;
